import type { LoginRefused, LoginRefusal } from '../../login/loginRefused';
import { Problem } from './problem';

/** The HTTP problem of a caller who is not let in. A 401 says how to log in (RFC 6750, 3). */
export function problemOfLogin({ code, detail }: LoginRefused): Problem {
  const challenge = challenges[code];
  return new Problem(code, { detail, ...(challenge === undefined ? {} : { headers: { 'WWW-Authenticate': challenge } }) });
}

const challenges: Readonly<Partial<Record<LoginRefusal, string>>> = {
  'not-logged-in': 'Bearer',
  'token-not-valid': 'Bearer error="invalid_token"',
  'token-expired': 'Bearer error="invalid_token"',
};
