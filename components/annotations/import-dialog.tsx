"use client";

import { FileUp } from "lucide-react";
import { useRef, useState } from "react";
import { ChangeFailure } from "@/components/changes/change-failure";
import { Button } from "@/components/ui/button";
import { counted } from "@/components/ui/counted";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { ProgressBar } from "@/components/ui/progress-bar";
import { Textarea } from "@/components/ui/textarea";
import { ImportLines } from "./import-lines";
import { countOutcomes } from "./import-slices";
import { useImport } from "./use-import";

const FILE_MAX_BYTES = 10 * 1024 * 1024;

type ImportDialogProps = { organizationKey: string; onClose: () => void };

/** Annotations from a CSV file: chosen or pasted, looked at line by line, then applied. */
export function ImportDialog({ organizationKey, onClose }: ImportDialogProps) {
  const [text, setText] = useState("");
  const input = useRef<HTMLInputElement>(null);
  const work = useImport(organizationKey);
  const { stage, lines, progress, problem, error } = work;
  const busy = progress !== null;
  const changes = countOutcomes(lines).changed;

  async function choose(file: File | undefined) {
    if (!file) return;
    if (file.size > FILE_MAX_BYTES) return work.refuse("The file is larger than 10 MB.");
    await work.preview(await file.text());
  }

  return (
    <Dialog
      open
      size="lg"
      title="Import annotations"
      description="Rows are matched by username or id. A column that is not in the file leaves its field as it is; an empty cell empties it."
      dismissible={!busy}
      onOpenChange={(open) => !open && !busy && onClose()}
      footer={
        stage === "done" ? (
          <Button variant="primary" onClick={onClose}>
            Close
          </Button>
        ) : (
          <>
            <Button onClick={onClose} disabledReason={busy ? "Wait until this is done." : undefined}>
              Cancel
            </Button>
            {stage === "preview" ? (
              <>
                <Button onClick={work.restart} disabledReason={busy ? "Wait until this is done." : undefined}>
                  Choose another file
                </Button>
                <Button
                  variant="primary"
                  loading={busy}
                  disabledReason={changes === 0 ? "No line changes anything." : undefined}
                  onClick={work.apply}
                >
                  Annotate {counted(changes, "service account")}
                </Button>
              </>
            ) : (
              <Button
                variant="primary"
                loading={busy}
                disabledReason={text.trim() === "" ? "Choose a file, or paste its text." : undefined}
                onClick={() => work.preview(text)}
              >
                Preview
              </Button>
            )}
          </>
        )
      }
    >
      <div className="grid gap-4">
        {stage === "choose" ? (
          <>
            <div>
              <input
                ref={input}
                type="file"
                accept=".csv,.tsv,.txt,text/csv"
                aria-label="CSV file"
                className="sr-only"
                tabIndex={-1}
                onChange={(event) => {
                  const [file] = event.target.files ?? [];
                  event.target.value = "";
                  return choose(file);
                }}
              />
              <Button icon={<FileUp aria-hidden />} onClick={() => input.current?.click()}>
                Choose a file
              </Button>
            </div>
            <Field label="Or paste it" description="The export of annotations has the right columns.">
              <Textarea
                mono
                rows={8}
                spellCheck={false}
                value={text}
                onChange={(event) => setText(event.target.value)}
                placeholder={"username,owner,contact,tags"}
              />
            </Field>
          </>
        ) : (
          <ImportLines lines={lines} applied={stage === "done"} />
        )}
        {problem ? <Notice tone="error" role="alert" title={problem} /> : null}
        {progress ? <ProgressBar label="Lines" value={progress.done} max={progress.total} unit="lines" /> : null}
        {error ? (
          <ChangeFailure
            error={error}
            changed={
              stage === "preview" ? "Press the button again: what was annotated already stays." : "Nothing was changed."
            }
          />
        ) : null}
      </div>
    </Dialog>
  );
}
