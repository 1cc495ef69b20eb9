import { z } from 'zod';

/** Express cannot read every IPv6 address that ends in the form of IPv4, and would fail at the start. */
const mixed = /:.*\./;
const address = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);

/**
 * The proxies whose word about the address of a caller counts. Left out, there are none. Everybody is no proxy: under a subnet of length 0
 * each caller could name the address of another.
 */
export const trustedProxies = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((each) => each.trim())
      .filter((each, _, all) => each !== '' || all.length > 1),
  )
  .refine(
    (proxies) => proxies.every((each) => address.safeParse(each).success && !mixed.test(each) && !/\/0$/.test(each)),
    'addresses or subnets such as 10.0.0.0/8, with a comma between',
  );
