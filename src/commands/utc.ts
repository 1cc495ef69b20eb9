// Imported first by every command. The workflow sandbox and all of Node take their zone from here, whatever the machine has:
// a history replayed on a machine in another zone must come to the same dates.
process.env['TZ'] = 'UTC';
