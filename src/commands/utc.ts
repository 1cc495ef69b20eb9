// Every command imports this file first. The workflow sandbox and all of Node take their time zone from here, whatever the machine has. A
// history that is replayed on a machine in another zone must give the same dates.
process.env['TZ'] = 'UTC';
