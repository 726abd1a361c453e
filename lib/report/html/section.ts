import { markup, Markup, MarkupValue } from "./markup";

/** A section of the page with its heading and one or two sentences about what it shows. */
export function section(id: string, title: string, lead: string, content: MarkupValue): Markup {
  return markup`<section id="${id}" aria-labelledby="${id}-heading">
<h2 id="${id}-heading">${title}</h2>
<p class="lead">${lead}</p>
${content}
</section>
`;
}

/** What a section shows that has nothing to show. */
export function nothing(text: string): Markup {
  return markup`<div class="paper"><p>${text}</p></div>`;
}

/** What is wider than the screen scrolls in its own box, also with the keys. */
export function scrolling(label: string, content: Markup): Markup {
  return markup`<div class="scroll" role="region" tabindex="0" aria-label="${label}">${content}</div>`;
}
