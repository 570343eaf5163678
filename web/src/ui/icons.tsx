// The few signs of the interface, drawn here so that nothing is fetched. All
// are decoration: the words beside them say the same.

const paths = {
  late: "M8 4.5v4l2.5 1.5M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8Z",
  done: "m3 8.5 3.2 3.2L13 5",
  wait: "M4 2h8M4 14h8M5 2c0 3.5 6 3.5 6 6s-6 2.5-6 6M11 2c0 3.5-6 3.5-6 6s6 2.5 6 6",
  blank: "M3.5 8h9",
  half: "M8 2a6 6 0 1 0 0 12V2Z",
  odd: "M8 2.2 14.2 13H1.8L8 2.2ZM8 6.5v3M8 11.2v.1",
  mail: "M2 4h12v8.5H2zM2 4.5l6 4.5 6-4.5",
  more: "m3.5 6 4.5 4.5L12.5 6",
  search: "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9Zm3.3 7.8L14 14",
  down: "M8 2v8m0 0 3.2-3.2M8 10 4.8 6.8M2.5 13.5h11",
  sun: "M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6ZM8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1",
  moon: "M13.5 9.5A6 6 0 0 1 6.5 2.5a6 6 0 1 0 7 7Z",
  device: "M2 3h12v8H2zM6 14h4M8 11v3",
  user: "M8 8.2a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM2.4 14c.6-2.7 2.8-3.8 5.6-3.8s5 1.1 5.6 3.8",
  bell: "M3 11.5h10c-1.2-1.2-1.5-2.4-1.5-4.5a3.5 3.5 0 0 0-7 0c0 2.1-.3 3.3-1.5 4.5ZM6.7 13.6c.7.8 1.9.8 2.6 0",
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" focusable="false" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" strokeLinejoin="round">
      <path d={paths[name]} />
    </svg>
  );
}

/** The shanyraq: the ring at the top of a yurt with its crossing poles. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false" fill="none" stroke="currentColor" strokeWidth="1.9" strokeLinecap="round">
      <circle cx="16" cy="16" r="12.6" strokeWidth="2.4" />
      <path d="M7.6 6.7c4.2 3.7 4.2 14.9 0 18.6M16 3.6c-2 7.6-2 17.2 0 24.8M24.4 6.7c-4.2 3.7-4.2 14.9 0 18.6M6.7 7.6c3.7 4.2 14.9 4.2 18.6 0M3.6 16c7.6 2 17.2 2 24.8 0M6.7 24.4c3.7-4.2 14.9-4.2 18.6 0" />
    </svg>
  );
}
