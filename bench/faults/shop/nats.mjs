// What the services use of the client of NATS, over the broker of the bench.
export const JSONCodec = () => ({ encode: (value) => JSON.stringify(value) });

export async function connect({ servers }) {
  const publish = async (subject, data, { msgID } = {}) => {
    const answer = await fetch(`${servers}/publish`, { method: 'POST', body: JSON.stringify({ subject, data, id: msgID }) });
    if (!answer.ok) throw new Error(`the broker answered ${answer.status}`);
  };
  return { jetstream: () => ({ publish }) };
}
