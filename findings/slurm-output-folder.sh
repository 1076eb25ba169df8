#!/usr/bin/env bash
# Slurm and a batch job whose --output lies in a folder that is not there yet (logs/%j.log).
#
# Guess:   sbatch refuses it, or the folder is made, or the job runs and its log goes somewhere else.
# Version: slurmctld, slurmd, slurm-client 22.05.8-4+deb12u3, munge 0.5.15-2+deb12u1 (Debian 12), as root, on loopback.
# Is:      sbatch accepts it. The job ends at once as failed, before its first line runs; the folder is not made, and no
#          file of the user's tells why (slurmd's own log on the node does). "0:53" looks like a signal and is none.
# Output (checked by the last line; exits 0 while it is this):
# > --output=a.log: accepted, JobState=COMPLETED Reason=None ExitCode=0:0 script ran
# > --output=logs/a.log: accepted, JobState=FAILED Reason=JobLaunchFailure ExitCode=0:53 script not run
# > in the folder: a.log job.sh
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); chmod 755 "$tmp"; cd "$tmp"
for p in slurmctld=22.05.8-4+deb12u3 slurmd=22.05.8-4+deb12u3 slurm-client=22.05.8-4+deb12u3 munge=0.5.15-2+deb12u1; do
  [ "$(dpkg-query -Wf '${Version}' "${p%%=*}" 2>/dev/null)" = "${p#*=}" ] || { echo "needs $p" >&2; exit 2; }
done
[ "$(id -u)" = 0 ] || { echo "slurmd wants root" >&2; exit 2; }
pids=()
finish() {
  for ((i = ${#pids[@]} - 1; i >= 0; i--)); do kill "${pids[i]}" && wait "${pids[i]}"; done 2>/dev/null || true
  rm -rf "$tmp"
}
trap finish EXIT
wait_for() {
  for _ in $(seq 100); do "$@" >/dev/null 2>&1 && return; sleep 0.2; done
  echo "$* came to nothing" >&2; exit 2
}
mkdir munge state spool job; chmod 755 munge
(umask 077; head -c 128 /dev/urandom >munge/key)
read -r one two < <(node -e 'const n = require("node:net"), s = [0, 0].map(() => n.createServer().listen(0, "127.0.0.1"));
  setTimeout(() => { console.log(s.map((x) => x.address().port).join(" ")); s.forEach((x) => x.close()); }, 100)')
cat >slurm.conf <<CONF
ClusterName=one
SlurmctldHost=$(hostname)(127.0.0.1)
SlurmctldPort=$one
SlurmdPort=$two
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
SlurmUser=root
AuthInfo=socket=$tmp/munge/socket
StateSaveLocation=$tmp/state
SlurmdSpoolDir=$tmp/spool
SlurmctldPidFile=$tmp/slurmctld.pid
SlurmdPidFile=$tmp/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SlurmdParameters=config_overrides
MpiDefault=none
NodeName=$(hostname) NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES State=UP
CONF
export SLURM_CONF="$tmp/slurm.conf"
munged --foreground --socket="$tmp/munge/socket" --key-file="$tmp/munge/key" --pid-file="$tmp/munge/pid" \
  --seed-file="$tmp/munge/seed" >munge.log 2>&1 & pids+=($!)
wait_for munge -n --socket="$tmp/munge/socket"
slurmctld -D >ctld.log 2>&1 & pids+=($!)
slurmd -D -N "$(hostname)" >slurmd.log 2>&1 & pids+=($!)
idle() { [ "$(sinfo --noheader --format=%T)" = idle ]; }
wait_for idle
printf '#!/bin/sh\necho ran; touch ran\n' >job/job.sh; cd job
over() { scontrol show job "$1" | grep -qE 'JobState=(FAILED|COMPLETED)'; }
told() { # --output
  rm -f ran
  job=$(sbatch --parsable --output="$1" job.sh) && echo "--output=$1: accepted,"
  wait_for over "$job"
  scontrol show job "$job" | grep -oE '(JobState|Reason|ExitCode)=\S+'
  [ -e ran ] && echo "script ran" || echo "script not run"
}
{
  told a.log | paste -sd' '
  told logs/a.log | paste -sd' '
  echo "in the folder: $(ls | paste -sd' ')"
} | tee ../seen
sed -n 's/^# > //p' "$self" | diff - ../seen >&2
