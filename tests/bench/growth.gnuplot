# SPDX-License-Identifier: GPL-2.0
#
# The picture of an action's time by pCPUs, from what tests/bench/nested-figures
# growth wrote: two columns, pCPUs and us, a file for each clock and payload.
out = system("echo ${BUILD:-build}/bench/nested")
set terminal svg size 720,420 font "sans,12" background "white"
set output out."/growth.svg"
set logscale xy
set xtics (1, 2, 4, 8, 16, 32, 64)
set xrange [0.9:72]
set grid
set key right center
set xlabel "pCPUs"
set ylabel "us"
set title "An action from call to completion, idle dom0 (median)"
plot out."/growth.tcg.1000" with linespoints pointtype 5 \
         title "1,000 functions, emulated, a thread a pCPU", \
     out."/growth.tcg.1" with linespoints pointtype 7 \
         title "1 function, the same", \
     out."/growth.icount.1000" with linespoints pointtype 4 \
         title "1,000 functions, one instruction = 1 ns", \
     out."/growth.icount.1" with linespoints pointtype 6 \
         title "1 function, the same"
