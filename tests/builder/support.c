/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What every image of the cases has beside the case itself.
 */
void printk(const char *format, ...);
void use(const void *pointer);
int ask(int what);
extern int shared;
extern int table[4];

int shared = 1;
int table[4] = {1, 2, 3, 4};
static const void *volatile used_last;

void printk(const char *format, ...)
{
    used_last = format;
}

void use(const void *pointer)
{
    used_last = pointer;
}

int ask(int what)
{
    return what + shared;
}
