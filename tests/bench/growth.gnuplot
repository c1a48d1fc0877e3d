# SPDX-License-Identifier: GPL-2.0
#
# The picture of an action's time by pCPUs, from what tests/bench/nested-figures
# growth wrote: two columns, pCPUs and us, a file for each size of payload.
out = system("echo ${BUILD:-build}/bench/nested")
set terminal svg size 640,400 font "sans,12" background "white"
set output out."/growth.svg"
set logscale x 2
set xtics (1, 2, 4, 8, 16, 32, 64)
set yrange [0:*]
set grid
set key top left
set xlabel "pCPUs"
set ylabel "us (one instruction = 1 ns)"
set title "An action from call to completion, idle dom0"
plot out."/growth.1" with linespoints pointtype 7 title "1 function", \
     out."/growth.1000" with linespoints pointtype 5 title "1,000 functions"
