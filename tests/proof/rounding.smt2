; SPDX-License-Identifier: GPL-2.0
;
; ROUNDUP(x, a) of <xen/lib.h>, over the machine's words: for every a but 0, and
; as long as x + a - 1 is a word, x <= ROUNDUP(x, a) < x + a, and none of the bits
; of a - 1 is in it. What proofs believe of it (trusted.h), because Frama-C does not compute with masks. `unsat`: there
; is no x and no a for which it is not so.
(set-logic QF_BV)
(declare-const x (_ BitVec 64))
(declare-const a (_ BitVec 64))
(define-fun less () (_ BitVec 64) (bvsub a #x0000000000000001))
(define-fun rounded () (_ BitVec 64) (bvand (bvadd x less) (bvnot less)))
(assert (distinct a #x0000000000000000))
(assert (bvuge (bvadd x less) x))
(assert (not (and (bvule x rounded) (bvult (bvsub rounded x) a)
                  (= (bvand rounded less) #x0000000000000000))))
(check-sat)
