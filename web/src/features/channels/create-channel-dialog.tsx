import { createChannelBodySchema } from '../../../../core/contract/conversations.ts';
import { CHANNEL_TOPIC_MAX_LENGTH } from '../../../../core/contract/limits.ts';
import { createChannel } from '../../app/state/conversations-thunks.ts';
import { useAppDispatch } from '../../app/store.ts';
import { Button } from '../../components/button.tsx';
import { Dialog, DialogActions } from '../../components/dialog.tsx';
import { FormLayout } from '../../components/form-layout.tsx';
import { TextField } from '../../components/text-field.tsx';
import { typed, useForm } from '../../components/use-form.ts';
import { channelNameFrom } from './channel-name.ts';

interface CreateChannelDialogProps {
  readonly onClose: () => void;
  readonly onCreated: (name: string) => void;
}

const LABELS = { name: 'Name', topic: 'Topic' };

/** Makes a channel and goes there. */
export function CreateChannelDialog({ onClose, onCreated }: CreateChannelDialogProps) {
  const dispatch = useAppDispatch();
  const form = useForm({
    schema: createChannelBodySchema,
    labels: LABELS,
    read: (data) => ({
      name: channelNameFrom(typed(data, 'name')),
      topic: typed(data, 'topic').trim() || undefined,
    }),
    submit: async (body) => {
      await dispatch(createChannel(body));
      onCreated(body.name);
    },
  });
  return (
    <Dialog title="Create a channel" onClose={onClose}>
      <FormLayout form={form}>
        <TextField
          label="Name"
          name="name"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          placeholder="design-reviews"
          hint="1 to 80 characters: a–z, 0–9, dot, underscore and hyphen. Spaces become hyphens."
          error={form.errors.name}
        />
        <TextField
          label="Topic"
          name="topic"
          autoComplete="off"
          placeholder="What it is about"
          hint={`Optional, at most ${CHANNEL_TOPIC_MAX_LENGTH} characters.`}
          error={form.errors.topic}
        />
        <DialogActions>
          <Button variant="primary" type="submit" busy={form.busy}>
            Create channel
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </DialogActions>
      </FormLayout>
    </Dialog>
  );
}
