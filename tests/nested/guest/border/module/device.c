// SPDX-License-Identifier: GPL-2.0
/*
 * /dev/border: lets a program in dom0 try what only its kernel can, at places
 * that belong to the hypervisor. Judges nothing: says what was refused.
 */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <asm/desc.h>
#include <asm/msr.h>
#include "probe.h"

static DEFINE_MUTEX(one_at_a_time);

static void try_rdmsr(struct border_request *r)
{
    u64 value = 0;

    r->tried = 1;
    r->passed = rdmsrl_safe((u32)r->address, &value) == 0;
    r->value = value;
}

static void try_wrmsr(struct border_request *r)
{
    r->tried = 1;
    r->passed = wrmsrl_safe((u32)r->address, r->value) == 0;
}

static void die_by_idt(u64 paddr)
{
    const struct desc_ptr idt = {
        .size = PAGE_SIZE - 1,
        .address = (unsigned long)window_show(paddr),
    };

    local_irq_disable();
    load_idt(&idt);
    asm volatile("ud2");
}

static int serve(unsigned int what, struct border_request *r)
{
    switch (what) {
    case BORDER_MEMORY:
        window_try_memory(r);
        return 0;
    case BORDER_OWN:
        window_give_own(r);
        return 0;
    case BORDER_CROSS:
        window_try_crossing(r);
        return 0;
    case BORDER_DEVICES:
        window_try_devices(r);
        return 0;
    case BORDER_TABLES:
        return walk_try_tables(r);
    case BORDER_RDMSR:
        try_rdmsr(r);
        return 0;
    case BORDER_WRMSR:
        try_wrmsr(r);
        return 0;
    case BORDER_APIC:
        apic_try_write(r);
        return 0;
    case BORDER_APIC_ODD:
        apic_try_odd(r);
        return 0;
    case BORDER_IDT:
        die_by_idt(r->address);
        return 0;
    default:
        return -ENOTTY;
    }
}

static long give_nmis(void __user *to)
{
    struct border_nmis *nmis = kzalloc(sizeof(*nmis), GFP_KERNEL);
    long rc = -ENOMEM;

    if (nmis) {
        apic_count_nmis(nmis);
        rc = copy_to_user(to, nmis, sizeof(*nmis)) ? -EFAULT : 0;
    }
    kfree(nmis);
    return rc;
}

static long border_ioctl(struct file *file, unsigned int what,
                         unsigned long argument)
{
    void __user *user = (void __user *)argument;
    struct border_request r;
    int rc;

    if (what == BORDER_NMIS) {
        return give_nmis(user);
    }
    if (copy_from_user(&r, user, sizeof(r))) {
        return -EFAULT;
    }
    mutex_lock(&one_at_a_time);
    rc = serve(what, &r);
    mutex_unlock(&one_at_a_time);
    return copy_to_user(user, &r, sizeof(r)) ? -EFAULT : rc;
}

static const struct file_operations operations = {
    .owner = THIS_MODULE,
    .unlocked_ioctl = border_ioctl,
};

static struct miscdevice device = {
    .minor = MISC_DYNAMIC_MINOR,
    .name = "border",
    .fops = &operations,
};

static int __init border_init(void)
{
    int rc = window_open();

    if (rc) {
        return rc;
    }
    rc = apic_open();
    if (rc) {
        goto close_window;
    }
    rc = misc_register(&device);
    if (rc == 0) {
        return 0;
    }
    apic_close();
close_window:
    window_close();
    return rc;
}

static void __exit border_exit(void)
{
    misc_deregister(&device);
    apic_close();
    window_close();
}

module_init(border_init);
module_exit(border_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Tries the border between dom0 and its hypervisor");
