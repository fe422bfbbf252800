/* eslint-disable @n8n/community-nodes/no-restricted-globals --
   n8n's logger takes its level from the environment, before it is loaded */
// n8n logs every failing node; tests of failures would bury their own output.
process.env.N8N_LOG_LEVEL ??= 'silent';
