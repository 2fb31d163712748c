/** From one entry back to the list. */
export function Back({ to, onBack }: { to: string; onBack: () => void }) {
  return (
    <button
      type="button"
      onClick={onBack}
      className="mb-5 text-[14px] text-ink-2 underline decoration-edge underline-offset-4 hover:decoration-gold"
    >
      {to}
    </button>
  );
}
