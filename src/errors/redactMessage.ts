/** The part of a message of the SDK that the SDK itself wrote. After it stands the message of an error, which can quote data of a case. */
export function redactMessage(message: string): string {
  return message.split(/:\s|\n/, 1)[0] ?? '';
}
