"use client";

import { useMutation } from "@tanstack/react-query";
import { ShieldCheck } from "lucide-react";
import { Button } from "@/components/ui/button";
import { counted } from "@/components/ui/counted";
import { useToast } from "@/components/ui/toast";
import { describeFailure } from "@/lib/api-client/api-error";
import { verifyAuditRecord } from "@/lib/api-client/audit-events";

/** Checks the hash chain from the first event to the last and names the first one that is not as it was written. */
export function VerifyRecord() {
  const toast = useToast();
  const verify = useMutation({
    mutationFn: verifyAuditRecord,
    onSuccess: (found) =>
      found.valid
        ? toast.show({
            title: "The record is whole.",
            description: `${counted(found.events, "event")}, each as it was written, over all organizations.`,
          })
        : toast.show({
            tone: "error",
            title: `The record is damaged at event ${found.firstBad}.`,
            description: `${found.reason} Tell whoever runs Keywarden, and compare with the copy kept elsewhere.`,
          }),
    onError: (error) => {
      const { title, advice } = describeFailure(error);
      toast.show({ tone: "error", title: "The record was not checked.", description: `${title} ${advice}` });
    },
  });
  return (
    <Button icon={<ShieldCheck aria-hidden />} loading={verify.isPending} onClick={() => verify.mutate()}>
      Verify
    </Button>
  );
}
