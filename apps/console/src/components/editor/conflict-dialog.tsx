'use client';

import { rebase } from '../../lib/resource-version.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { YamlDiff } from './yaml-diff.tsx';

/** Somebody else was faster: shows both sides and lets the person choose; nothing is lost unseen. */
export function ConflictDialog({
  mine,
  theirs,
  onClose,
  onTakeTheirs,
  onKeepMine,
}: {
  readonly mine: string;
  /** Null when the object was deleted. */
  readonly theirs: string | null;
  readonly onClose: () => void;
  readonly onTakeTheirs: (theirs: string) => void;
  readonly onKeepMine: (theirs: string) => void;
}) {
  if (theirs === null) {
    return (
      <Dialog open onClose={onClose} title="The object was deleted meanwhile">
        <p>Your text is still in the editor. Copy it and use Create from YAML to make the object anew.</p>
        <DialogActions>
          <Button onClick={onClose}>Back to the editor</Button>
        </DialogActions>
      </Dialog>
    );
  }
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title="Somebody changed the object meanwhile"
      description="Nothing was stored. On the left the object as it is now, on the right your text."
    >
      <YamlDiff
        before={theirs}
        after={rebase(mine, theirs)}
        beforeLabel="Theirs, as it is now"
        afterLabel="Yours"
      />
      <DialogActions>
        <Button onClick={onClose}>Back to the editor</Button>
        <Button onClick={() => onTakeTheirs(theirs)}>Discard mine, edit theirs</Button>
        <Button look="primary" onClick={() => onKeepMine(theirs)}>
          Keep mine over theirs
        </Button>
      </DialogActions>
    </Dialog>
  );
}
