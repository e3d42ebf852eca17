#!/usr/bin/env bash
# start-slurm.sh - a real, private, loopback-only Slurm cluster on one machine,
# without systemd, cgroups or a database.  Idempotent: a second call on a healthy
# cluster only prints the environment; a dead or half-dead one is cleaned first.
#
#   start-slurm.sh [-d DIR] [-n NODES] [-c CPUS_PER_NODE] [-m MB_PER_NODE] [-p BASE_PORT] [-r EXIT_CODE]
#   -r 75 makes the cluster requeue tasks that exit 75; most real clusters do not do
#   that, so it is off unless asked for (a test should not pass because of it)
#   eval "$(cat DIR/env)"        # exports SLURM_CONF; then sbatch/squeue/scontrol work
#
# Needs Debian's packages:  apt-get install -y --no-install-recommends slurm-wlm
# Ports (all on 127.0.0.1): BASE = slurmctld, BASE+1..BASE+NODES = slurmd n1..nN
set -euo pipefail

DIR=${SLURM_TEST_DIR:-${TMPDIR:-/tmp}/slurm-test} NODES=2 CPUS=2 MEM=4096 PORT=17817 RQ=
while getopts d:n:c:m:p:r: o; do case $o in
  d) DIR=$OPTARG;; n) NODES=$OPTARG;; c) CPUS=$OPTARG;; m) MEM=$OPTARG;; p) PORT=$OPTARG;; r) RQ=$OPTARG;;
  *) echo "usage: $0 [-d dir] [-n nodes] [-c cpus] [-m mb] [-p port] [-r exitcode]" >&2; exit 2;;
esac; done
case $DIR in /*) ;; *) DIR=$PWD/$DIR;; esac
PATH=/usr/sbin:/sbin:$PATH
HERE=$(cd "$(dirname "$0")" && pwd)
ME=$(id -un) HOST=$(hostname -s)
for p in munged slurmctld slurmd sbatch scontrol sinfo; do
  command -v $p >/dev/null || { echo "missing $p: apt-get install -y --no-install-recommends slurm-wlm" >&2; exit 1; }
done

export SLURM_CONF=$DIR/slurm.conf
NODESPEC="n[1-$NODES]"; [ "$NODES" -eq 1 ] && NODESPEC=n1
PORTSPEC="[$((PORT+1))-$((PORT+NODES))]"; [ "$NODES" -eq 1 ] && PORTSPEC=$((PORT+1))
WANT="$NODES $CPUS $MEM $PORT $RQ"

idle_nodes() { { sinfo -h -N -p main -t idle,alloc,mix -o %N 2>/dev/null || true; } | sort -u | wc -l; }

# every process we started still alive (a zombie is dead)?
alive() { local f p; for f in "$DIR"/run/*.pid_started; do
  p=$(cat "$f" 2>/dev/null) && [ -n "$p" ] && grep -q '^State:[[:space:]]*[^ZX]' "/proc/$p/status" 2>/dev/null || return 1; done; }

# already up, with the same shape?
if [ -f "$DIR/shape" ] && [ "$(cat "$DIR/shape")" = "$WANT" ] && alive \
   && timeout 5 scontrol ping 2>/dev/null | grep -q 'is UP' && [ "$(idle_nodes)" -eq "$NODES" ]; then
  cat "$DIR/env"; echo "# already running" ; exit 0
fi
[ -d "$DIR/run" ] && "$HERE/stop-slurm.sh" -d "$DIR" >/dev/null || true

umask 022
mkdir -p "$DIR"/{run,log,state,spool,munge}
chmod 755 "$DIR" "$DIR/run" "$DIR/munge"; chmod 700 "$DIR/state"
rm -rf "$DIR"/state/* "$DIR"/spool/* "$DIR"/run/*          # fresh job ids each time

# --- munge: own key, own socket, same user as everything else -----------------
if [ ! -s "$DIR/munge/key" ]; then (umask 077; dd if=/dev/urandom of="$DIR/munge/key" bs=1024 count=1 status=none); fi
chmod 600 "$DIR/munge/key"

cat > "$DIR/slurm.conf" <<CONF
ClusterName=test
SlurmctldHost=$HOST(127.0.0.1)
SlurmctldPort=$PORT
SlurmUser=$ME
SlurmdUser=$ME
AuthType=auth/munge
CredType=cred/munge
# cred_expire is also how long a requeued job must wait (default 120 s)
AuthInfo=socket=$DIR/run/munge.sock,cred_expire=5
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
StateSaveLocation=$DIR/state
SlurmdSpoolDir=$DIR/spool/%n
SlurmctldPidFile=$DIR/run/slurmctld.pid
SlurmdPidFile=$DIR/run/slurmd.%n.pid
SlurmctldLogFile=$DIR/log/slurmctld.log
SlurmdLogFile=$DIR/log/slurmd.%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
# samples /proc each second; a job over its --mem is killed (no cgroups needed)
JobAcctGatherType=jobacct_gather/linux
JobAcctGatherFrequency=1
JobAcctGatherParams=OverMemoryKill
MpiDefault=none
MailProg=/bin/true
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU_Memory
DefMemPerCPU=256
SlurmdParameters=config_overrides
ReturnToService=2
# quick scheduling and quick detection of a lost node
SchedulerType=sched/backfill
SchedulerParameters=sched_interval=1,sched_min_interval=0,batch_sched_delay=0,bf_interval=1,default_queue_depth=1000
SlurmctldTimeout=30
SlurmdTimeout=10
InactiveLimit=0
KillWait=3
MessageTimeout=10
MinJobAge=86400
MaxArraySize=10001
# requeue after preemption, node loss or scontrol requeue
JobRequeue=1
${RQ:+RequeueExit=$RQ}
PreemptType=preempt/partition_prio
PreemptMode=REQUEUE
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/filetxt
JobCompLoc=$DIR/log/jobcomp.txt
NodeName=$NODESPEC NodeHostname=$HOST NodeAddr=127.0.0.1 Port=$PORTSPEC CPUs=$CPUS RealMemory=$MEM State=UNKNOWN
PartitionName=main   Nodes=ALL Default=YES MaxTime=INFINITE DefaultTime=60 State=UP PriorityTier=1  PreemptMode=REQUEUE GraceTime=0
PartitionName=urgent Nodes=ALL Default=NO  MaxTime=INFINITE DefaultTime=60 State=UP PriorityTier=10 PreemptMode=OFF
CONF

cat > "$DIR/env" <<ENV
export SLURM_CONF=$DIR/slurm.conf
export SLURM_TEST_DIR=$DIR
ENV

# --- start: munged, slurmctld, N slurmd; remember each process id -------------
bg() { local name=$1; shift; setsid "$@" >>"$DIR/log/$name.out" 2>&1 </dev/null & echo $! > "$DIR/run/$name.pid_started"; }
wait_for() { local what=$1 n=0; shift; until "$@" >/dev/null 2>&1; do n=$((n+1)); [ $n -ge 200 ] && { echo "timed out waiting for $what; see $DIR/log" >&2; exit 1; }; sleep 0.1; done; }

bg munged munged --foreground --force --key-file="$DIR/munge/key" --socket="$DIR/run/munge.sock" \
   --pid-file="$DIR/run/munged.pid" --log-file="$DIR/log/munged.log" --seed-file="$DIR/munge/seed"
wait_for munged sh -c "munge -n -S '$DIR/run/munge.sock' | unmunge -S '$DIR/run/munge.sock'"
bg slurmctld slurmctld -D -i -f "$SLURM_CONF"
wait_for slurmctld sh -c "scontrol ping | grep -q 'is UP'"
for i in $(seq 1 "$NODES"); do mkdir -p "$DIR/spool/n$i"; bg "slurmd.n$i" slurmd -D -N "n$i" -f "$SLURM_CONF"; done
nodes_up() { [ "$(idle_nodes)" -eq "$NODES" ]; }
wait_for nodes nodes_up
echo "$WANT" > "$DIR/shape"
cat "$DIR/env"
