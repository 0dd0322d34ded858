// Preloaded into every process a command starts: should the command be killed outright, nothing of it stays behind.
const parent = process.ppid;
const everySecond = 1000;

setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, "SIGTERM");
}, everySecond).unref();
