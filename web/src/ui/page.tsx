// Pieces of a page: its head, its title in the browser, cards and crumbs.
import { useEffect, type ReactNode } from "react";
import { common } from "../i18n/words.ts";

/** Names the page in the tab of the browser. */
export function usePageTitle(title: string) {
  const product = common.use()("product");
  useEffect(() => {
    document.title = title && title !== product ? `${title} — ${product}` : product;
  }, [title, product]);
}

export function PageHead({ title, eyebrow, children, above }: { title: ReactNode; eyebrow?: ReactNode; children?: ReactNode; above?: ReactNode }) {
  return (
    <div className="page-head">
      {above}
      {eyebrow && <p className="eyebrow">{eyebrow}</p>}
      <h1>{title}</h1>
      {children}
    </div>
  );
}

export function Card({ title, aside, children, className = "", id, level = 2 }: { title?: ReactNode; aside?: ReactNode; children: ReactNode; className?: string; id?: string; level?: 2 | 3 }) {
  const H = level === 2 ? "h2" : "h3";
  return (
    <section className={`card ${className}`} id={id}>
      {title && (
        <div className="card-head">
          <H>{title}</H>
          {aside}
        </div>
      )}
      {children}
    </section>
  );
}
