/** A backup or restore that was refused or failed; the message is for whoever typed the command. */
export class BackupError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "BackupError";
  }
}
