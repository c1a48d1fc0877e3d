# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Completion of livepatch-replay for bash: its options, which --help tells, the
# words that some take, and files.

_livepatch_replay() {
    local word=$2 before=$3

    case $before in
    --accel) mapfile -t COMPREPLY < <(compgen -W 'auto kvm tcg' -- "$word") ;;
    --arch) mapfile -t COMPREPLY < <(compgen -W 'arm64 x86' -- "$word") ;;
    --initrd-modules | --artifacts)
        mapfile -t COMPREPLY < <(compgen -d -- "$word")
        ;;
    -c | --cpus | -j | --jobs | -m | --memory | --cmdline | --cycles | --timeout | --step-timeout | --stop-limit)
        COMPREPLY=()
        ;;
    *)
        if [[ $word == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W \
                "$("$1" --help 2>/dev/null | grep -oE '^ +(-., )?--[a-z-]+' |
                    grep -oE -e '--[a-z-]+')" -- "$word")
        else
            mapfile -t COMPREPLY < <(compgen -f -- "$word")
        fi
        ;;
    esac
}

complete -o filenames -F _livepatch_replay livepatch-replay
