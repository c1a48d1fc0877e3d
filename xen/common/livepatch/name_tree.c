// SPDX-License-Identifier: GPL-2.0
/*
 * Each operation brings the name that it is about to the root, or what would
 * be its neighbour, and on the way there shortens the path that it took: where
 * it goes the same way twice, it turns the upper symbol under the lower one.
 * Looking for `d` in a tree that has become a list:
 *
 *         a                         d
 *          b        a under b,     / \
 *           c       c under d:    b   e
 *            d     ---------->   / \
 *             e                 a   c
 *
 * Long paths are thus gone once they were walked, which is what all the
 * operations together are paid by (Sleator and Tarjan, 1985, "top-down").
 */
#include "name_tree.h"

#include <xen/string.h>

#include "symtab.h"

#define LOW 0
#define HIGH 1

static struct hashed_name name_of(const struct lp_own_symbol *symbol)
{
    return lp_symtab_hashed_name(symbol->owner, symbol);
}

/* Names are ordered by their hashes, which differ as a rule. */
static int compare(const struct hashed_name *name,
                   const struct lp_own_symbol *symbol)
{
    if (name->hash != symbol->hash) {
        return name->hash < symbol->hash ? -1 : 1;
    }
    if (name->length != symbol->name_length) {
        return name->length < symbol->name_length ? -1 : 1;
    }
    return memcmp(name->text, lp_symtab_name(symbol->owner, symbol),
                  name->length);
}

/* Puts the symbol under its child on that side, which is given back. */
static struct lp_own_symbol *turn(struct lp_own_symbol *symbol,
                                  unsigned int side)
{
    struct lp_own_symbol *child = symbol->child[side];

    symbol->child[side] = child->child[!side];
    child->child[!side] = symbol;
    return child;
}

/*
 * What the walk leaves behind lies before or after the name: two trees, begun
 * in `aside`, each of which grows where it is nearest to the name. Gives the
 * new root, and in *order how the name compares with it.
 */
static struct lp_own_symbol *splay(struct lp_own_symbol *root,
                                   const struct hashed_name *name, int *order)
{
    struct lp_own_symbol aside;
    struct lp_own_symbol *nearest[] = {&aside, &aside};
    struct lp_own_symbol *next;
    int way = compare(name, root);

    *order = way;
    if (!way || !root->child[way > 0]) {
        return root;
    }
    while (way && (next = root->child[way > 0])) {
        const unsigned int side = way > 0;

        way = compare(name, next);
        if (way && (way > 0) == side && next->child[side]) {
            root = turn(root, side);
            next = root->child[side];
            way = compare(name, next);
        }
        nearest[!side]->child[side] = root;
        nearest[!side] = root;
        root = next;
    }
    *order = way;
    nearest[LOW]->child[HIGH] = root->child[LOW];
    nearest[HIGH]->child[LOW] = root->child[HIGH];
    root->child[LOW] = aside.child[HIGH];
    root->child[HIGH] = aside.child[LOW];
    return root;
}

struct lp_own_symbol *lp_name_tree_find(struct lp_own_symbol **tree,
                                        const struct hashed_name *name)
{
    int order;

    if (!*tree) {
        return NULL;
    }
    *tree = splay(*tree, name, &order);
    return order ? NULL : *tree;
}

/* The new root lies between the old one and that one's child. */
static void put_above(struct lp_own_symbol *symbol, struct lp_own_symbol *root,
                      unsigned int side)
{
    symbol->child[side] = root->child[side];
    symbol->child[!side] = root;
    root->child[side] = NULL;
}

struct lp_own_symbol *lp_name_tree_insert(struct lp_own_symbol **tree,
                                          struct lp_own_symbol *symbol)
{
    if (*tree) {
        const struct hashed_name name = name_of(symbol);
        int order;

        *tree = splay(*tree, &name, &order);
        if (order == 0) {
            return *tree;
        }
        put_above(symbol, *tree, order > 0);
    } else {
        symbol->child[LOW] = NULL;
        symbol->child[HIGH] = NULL;
    }
    *tree = symbol;
    return symbol;
}

void lp_name_tree_remove(struct lp_own_symbol **tree,
                         struct lp_own_symbol *symbol)
{
    const struct hashed_name name = name_of(symbol);
    struct lp_own_symbol *low;
    int order;

    *tree = splay(*tree, &name, &order);
    low = symbol->child[LOW];
    if (low) {
        low = splay(low, &name, &order);
        low->child[HIGH] = symbol->child[HIGH];
        *tree = low;
    } else {
        *tree = symbol->child[HIGH];
    }
}

struct lp_own_symbol *lp_name_tree_take_first(struct lp_own_symbol **tree)
{
    struct lp_own_symbol *first = *tree;

    if (!first) {
        return NULL;
    }
    while (first->child[LOW]) {
        first = turn(first, LOW);
    }
    *tree = first->child[HIGH];
    return first;
}
