import { Mark } from '@/shared/shell/Mark';
import { ButtonLink } from '@/shared/ui/Button';

export default function NotFound() {
  return (
    <main className="wrap-page grid min-h-dvh content-center justify-items-start gap-4">
      <Mark />
      <h1 className="display-serif text-[44px]">There is no such page</h1>
      <p className="text-ink-2">The address may be old, or mistyped.</p>
      <ButtonLink href="/" kind="gold">
        Go to the front page
      </ButtonLink>
    </main>
  );
}
