import NextLink from 'next/link';
import type { ComponentProps } from 'react';

/**
 * A link to one of our pages. Nothing is fetched before it is followed: every page is made for its visit, with
 * figures of that moment, so a prefetch would only cost the service work and be old.
 */
export function Link(props: ComponentProps<typeof NextLink>) {
  return <NextLink prefetch={false} {...props} />;
}
