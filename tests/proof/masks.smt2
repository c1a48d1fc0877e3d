; SPDX-License-Identifier: GPL-2.0
;
; What proofs believe of masks and shifts (trusted.h; exports.c), because Frama-C
; does not compute with bits, over words of 64: bits under a mask are no more than
; the mask; those of an address of a page are a multiple of 4096; 1 << s, s < 64,
; is a word, and not 0. `unsat`: there is no x, no mask and no s for which it is
; not so.
(set-logic QF_BV)
(declare-const x (_ BitVec 64))
(declare-const mask (_ BitVec 64))
(declare-const s (_ BitVec 64))
(define-fun page () (_ BitVec 64) (bvand x #x000ffffffffff000))
(assert (bvult s #x0000000000000040))
(assert (not (and (bvule (bvand x mask) mask)
                  (= (bvurem page #x0000000000001000) #x0000000000000000)
                  (distinct (bvshl #x0000000000000001 s)
                            #x0000000000000000))))
(check-sat)
