export function Mark() {
  return (
    <span className="inline-flex items-center gap-2.5 font-serif text-[22px]">
      <svg aria-hidden="true" viewBox="0 0 26 26" className="size-[26px] fill-none stroke-gold">
        <path d="M4 20 8.6 7h8.8L22 20Z" strokeWidth="1.6" />
        <path d="M8.6 7 13 20l4.4-13" strokeWidth="1.1" />
      </svg>
      e-Aurum
    </span>
  );
}
