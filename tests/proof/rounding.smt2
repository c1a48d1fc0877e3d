; SPDX-License-Identifier: GPL-2.0
;
; ROUNDUP(x, a) of <xen/lib.h>, over the machine's words of 64 bits and, when x is
; narrow, of 32: for every a but 0, and as long as x + a - 1 is a signed word,
; x <= ROUNDUP(x, a) < x + a, and none of the bits of a - 1 is in it. What proofs
; believe of it (trusted.h), because Frama-C does not compute with masks. `unsat`:
; there is no x and no a for which it is not so.
(set-logic QF_BV)
(declare-const x (_ BitVec 64))
(declare-const a (_ BitVec 64))
(declare-const is_narrow Bool)
(define-fun less () (_ BitVec 64) (bvsub a #x0000000000000001))
(define-fun sum () (_ BitVec 64) (bvadd x less))
(define-fun highest () (_ BitVec 64)
  (ite is_narrow #x000000007fffffff #x7fffffffffffffff))
; ~((typeof(x))a - 1): of 32 bits it has no higher ones
(define-fun mask () (_ BitVec 64)
  (ite is_narrow (bvand (bvnot less) #x00000000ffffffff) (bvnot less)))
(define-fun rounded () (_ BitVec 64) (bvand sum mask))
(assert (distinct a #x0000000000000000))
(assert (and (bvule x sum) (bvule sum highest)))
(assert (not (and (bvule x rounded) (bvult (bvsub rounded x) a)
                  (= (bvand rounded less) #x0000000000000000))))
(check-sat)
