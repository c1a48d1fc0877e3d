/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Exported symbols in the order of their names, in a tree that looking
 * something up rearranges (a splay tree). Whatever the names, and in whatever
 * order they come, n operations on a tree of m symbols take a multiple of
 * (n + m) log m comparisons; one of them alone may take m. The caller
 * serializes all of them.
 */
#ifndef LP_NAME_TREE_H
#define LP_NAME_TREE_H

#include <xen/symbols.h>

#include "payload.h"

/* An empty tree is NULL. The symbols stay whose they were. */

/* The symbol of this name, or NULL. */
struct lp_own_symbol *lp_name_tree_find(struct lp_own_symbol **tree,
                                        const struct hashed_name *name);

/* Enters an exported symbol, and gives it back; or, when there is one of its
 * name, that one, which stays. */
struct lp_own_symbol *lp_name_tree_insert(struct lp_own_symbol **tree,
                                          struct lp_own_symbol *symbol);

/* Takes out a symbol that is in the tree. */
void lp_name_tree_remove(struct lp_own_symbol **tree,
                         struct lp_own_symbol *symbol);

/* Takes out the first symbol in their order; NULL: the tree is empty. All of
 * them, one after the other, take a multiple of their number of steps. */
struct lp_own_symbol *lp_name_tree_take_first(struct lp_own_symbol **tree);

#endif
