/** A function that does nothing and answers as one does that took a message. */
export const handler = async () => ({ statusCode: 202, body: '{}' });
