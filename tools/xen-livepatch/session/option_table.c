/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The options, a row each, in the order of their ids. A new one is a row here,
 * an id in options.h, and its place in the table of commands.
 */
#include "session/options.h"

static const struct option_row rows[NR_OPTIONS] = {
    [OPTION_TIMEOUT] = {"--timeout", 0, WORD_DURATION, "DURATION",
                        "let the pCPUs take that long to meet for an action: "
                        "30ms (the default), 500us, 1s ...",
                        1, UINT32_MAX, "1ns to 4294967295ns (4.29 s)"},
    [OPTION_RETRIES] = {"--retries", 0, WORD_NUMBER, "NUMBER",
                        "try what was busy that often more", 0, 1000,
                        "a number from 0 to 1000"},
    [OPTION_VERBOSE] = {"--verbose", 'v',
                        .help = "show the hypervisor's log "
                                "lines of a success too"},
    [OPTION_DRY_RUN] = {"--dry-run", 'n', .help = "check, but change nothing"},
    [OPTION_FORCE] = {"--force", .help = "set the flag FORCE of an upload "
                                         "(Xen 4.19)"},
    [OPTION_LOG] = {"--log", 0, WORD_FILE, "FILE",
                    "log what is done there, and read the past there"},
    [OPTION_NO_LOG] = {"--no-log", .help = "log nothing"},
    [OPTION_STATE_DIR] = {"--state-dir", 0, WORD_FOLDER, "FOLDER",
                          "where sync keeps what it must remember"},
    [OPTION_JSON] = {"--json", .help = "print the results as one JSON object"},
    [OPTION_QUIET] = {"--quiet", 'q',
                      .help = "do not say how the work goes on"},
    [OPTION_HELP] = {"--help", 'h',
                     .help = "show this help, or that of the command"},
    [OPTION_VERSION] = {"--version", 'V', .help = "show the version"},
    [OPTION_TABLE] = {"--table",
                      .help = "show commands and options for a program to "
                              "read, as completion does"},
    [OPTION_NODEPS] = {"--nodeps",
                       .help = "do not ask that the payload was built for what "
                               "is applied now, only for this hypervisor"},
    [OPTION_OUTPUT] = {"--output", 0, WORD_FILE, "FILE",
                       "put the result into FILE, at once"},
    [OPTION_XEN_SYMS] = {"--xen-syms", 0, WORD_FILE, "FILE",
                         "the file xen-syms of the hypervisor's build"},
    [OPTION_BELOW] =
        {"--below", 0, WORD_PAYLOAD_FILE, "FILE",
         "a payload that lies below; may be repeated, oldest first; needs "
         "--xen-syms"},
    [OPTION_DIR] = {"--dir", 0, WORD_FOLDER, "FOLDER",
                    "the admin's folder, in place of /etc/xen/livepatch.d; the "
                    "vendor's is then left out"},
    [OPTION_VENDOR_DIR] = {"--vendor-dir", 0, WORD_FOLDER, "FOLDER",
                           "the vendor's, in place of /usr/lib/xen-livepatch"},
    [OPTION_PRUNE] = {"--prune",
                      .help = "first revert and unload what is applied and not "
                              "in the folder"},
    [OPTION_TRUST] = {"--trust",
                      .help = "end the holding back after a crash, and load"},
    [OPTION_TRIAL] = {"--trial", 0, WORD_DURATION, "DURATION",
                      "how long the machine must run well with them: 10min "
                      "(the default)",
                      0, UINT64_MAX - 1, "less than 584 years"},
    [OPTION_MARK_STABLE] = {"--mark-stable",
                            .help = "load nothing; note that the trial is "
                                    "passed, if it is"},
    [OPTION_ORDERLY_SHUTDOWN] = {"--orderly-shutdown",
                                 .help = "load nothing; note that the machine "
                                         "goes down on purpose"},
    [OPTION_IGNORE] = {"--ignore", 0, WORD_ATTENTION, "CODE",
                       "only note what has this code; may be repeated"},
    [OPTION_WARNING] = {"--warning", 0, WORD_ATTENTION, "CODE",
                        "make it a warning; may be repeated"},
    [OPTION_CRITICAL] = {"--critical", 0, WORD_ATTENTION, "CODE",
                         "make it critical; may be repeated"},
    [OPTION_ALL] = {"--all", .help = "all of them, in place of names"},
    [OPTION_UNLOAD] = {"--unload", .help = "unload them, too"},
    [OPTION_KEY] = {"--key", 0, WORD_FILE, "FILE",
                    "sign by the private key in FILE (PEM)"},
    [OPTION_SIGNATURE] = {"--signature", 0, WORD_FILE, "FILE",
                          "put in the signature in FILE, made elsewhere"},
    [OPTION_DIGEST] = {"--digest", 0, WORD_SIGNATURE_KIND, "KIND",
                       "print what is to be signed elsewhere: by rsa2048, "
                       "rsa3072, rsa4096 or p256"},
};

const struct option_row *option_row_of(enum option_id id)
{
    return &rows[id];
}
