'use client';

import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { YamlDiff } from './yaml-diff.tsx';

/** Shows what an edit changes, with the server's defaults filled in, before it counts. */
export function ReviewDialog({
  before,
  after,
  onClose,
  onApply,
}: {
  readonly before: string;
  readonly after: string;
  readonly onClose: () => void;
  readonly onApply: () => void;
}) {
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title="Review the change"
      description="The server has checked it; this is what would be stored."
    >
      <YamlDiff before={before} after={after} beforeLabel="Now" afterLabel="After" />
      <DialogActions>
        <Button onClick={onClose}>Back to the editor</Button>
        <Button look="primary" onClick={onApply}>
          Apply
        </Button>
      </DialogActions>
    </Dialog>
  );
}
