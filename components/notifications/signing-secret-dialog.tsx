"use client";

import { SecretValue } from "@/components/service-accounts/secret-value";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";

/** A webhook's new signing secret, shown this once. */
export function SigningSecretDialog({ name, secret, onClose }: { name: string; secret: string; onClose: () => void }) {
  return (
    <Dialog
      open
      dismissible={false}
      onOpenChange={(open) => !open && onClose()}
      title={`Signing secret of ${name}`}
      description="The receiver needs it to tell our messages from others. It is shown this once; a new one can be made at any time."
      footer={
        <Button variant="primary" onClick={onClose}>
          I have copied it
        </Button>
      }
    >
      <SecretValue label="Secret" value={secret} />
    </Dialog>
  );
}
