import { css } from "./markup";

/** The only style sheet of the page. The policy of the page allows it by its hash. Sizes of texts in pictures are those of `FONTS`. */
export const STYLE = css`
  :root {
    color-scheme: light dark;
    --page: #f4f6f8;
    --paper: #ffffff;
    --ink: #1b2129;
    --soft: #535d69;
    --line: #d6dce3;
    --accent: #1d5a8f;
    --accent-back: #e9f1f9;
    --good: #186a3b;
    --good-back: #e7f4ec;
    --bad: #a1261d;
    --bad-back: #fbeae8;
    --doubt: #7a4d00;
    --doubt-back: #fcf2dc;
    --other: #4b5563;
    --other-back: #edf0f3;
    --service: #6b3fa0;
    --api: #0f6670;
  }
  @media screen and (prefers-color-scheme: dark) {
    :root {
      --page: #12161b;
      --paper: #1a2027;
      --ink: #e5e9ee;
      --soft: #a3aebb;
      --line: #343d48;
      --accent: #7fb8ea;
      --accent-back: #1b2d3e;
      --good: #74cf9b;
      --good-back: #18301f;
      --bad: #ff9f95;
      --bad-back: #3a1c1a;
      --doubt: #efc05c;
      --doubt-back: #352a12;
      --other: #b0bac6;
      --other-back: #28303a;
      --service: #c5a3f0;
      --api: #6fc9d4;
    }
  }
  * {
    box-sizing: border-box;
  }
  html {
    font-size: 100%;
    text-size-adjust: 100%;
    -webkit-text-size-adjust: 100%;
  }
  body {
    margin: 0;
    background: var(--page);
    color: var(--ink);
    font:
      0.9375rem/1.55 system-ui,
      -apple-system,
      "Segoe UI",
      Roboto,
      "Helvetica Neue",
      Arial,
      sans-serif;
    overflow-wrap: break-word;
  }
  header,
  main,
  footer {
    max-width: 72rem;
    margin: 0 auto;
    padding: 0 1.5rem;
  }
  header {
    padding-top: 2.5rem;
  }
  footer {
    padding-top: 0.5rem;
    padding-bottom: 3rem;
    color: var(--soft);
    font-size: 0.8125rem;
  }
  h1,
  h2,
  h3 {
    line-height: 1.25;
    overflow-wrap: anywhere;
    text-wrap: balance;
  }
  h1 {
    margin: 0.25rem 0 0.25rem;
    font-size: 1.875rem;
    font-weight: 650;
    letter-spacing: -0.01em;
  }
  h2 {
    margin: 3rem 0 0.25rem;
    font-size: 1.3125rem;
    font-weight: 650;
  }
  h3 {
    margin: 0;
    font-size: 1rem;
    font-weight: 650;
  }
  p {
    margin: 0.25rem 0 0.75rem;
    max-width: 46rem;
  }
  ul,
  ol {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .bullets {
    padding-left: 1.1rem;
    list-style: disc;
    max-width: 46rem;
  }
  .bullets li {
    margin: 0.25rem 0;
    overflow-wrap: anywhere;
  }
  code {
    font:
      0.8125rem/1.5 ui-monospace,
      SFMono-Regular,
      Menlo,
      Consolas,
      "Liberation Mono",
      monospace;
    overflow-wrap: anywhere;
  }
  a {
    color: var(--accent);
    text-underline-offset: 0.15em;
  }
  a:focus-visible,
  .scroll:focus-visible {
    outline: 3px solid var(--accent);
    outline-offset: 2px;
    border-radius: 4px;
  }
  :target {
    scroll-margin-top: 1rem;
  }
  .over {
    margin: 0;
    color: var(--soft);
    font-size: 0.8125rem;
    font-weight: 600;
    letter-spacing: 0.04em;
  }
  .lead {
    color: var(--soft);
  }
  .place {
    color: var(--soft);
    overflow-wrap: anywhere;
  }
  .hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .paper {
    margin: 1rem 0;
    padding: 1.25rem;
    background: var(--paper);
    border: 1px solid var(--line);
    border-radius: 10px;
    box-decoration-break: clone;
    -webkit-box-decoration-break: clone;
  }
  h3 + table {
    margin-top: 0.75rem;
  }
  .others {
    margin-top: 1rem;
    max-width: none;
    color: var(--soft);
    font-size: 0.8125rem;
  }
  .paper > p:last-child,
  .admits > p:last-child {
    margin-bottom: 0;
  }
  .verdict {
    border-left: 5px solid var(--good);
  }
  .verdict.bad {
    border-left-color: var(--bad);
  }
  .verdict.doubt {
    border-left-color: var(--doubt);
  }
  .verdict p {
    margin: 0.15rem 0;
    max-width: none;
  }
  .verdict .first {
    font-size: 1.25rem;
    font-weight: 650;
    line-height: 1.35;
  }
  .tiles {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr));
    gap: 0.75rem;
    margin: 1rem 0;
  }
  .tiles a {
    display: block;
    height: 100%;
    padding: 0.75rem 1rem;
    background: var(--paper);
    border: 1px solid var(--line);
    border-radius: 10px;
    color: var(--soft);
    font-size: 0.8125rem;
    line-height: 1.35;
    text-decoration: none;
  }
  .tiles a:hover {
    border-color: var(--accent);
  }
  .tiles strong {
    display: block;
    color: var(--ink);
    font-size: 1.5rem;
    font-weight: 650;
    line-height: 1.25;
    font-variant-numeric: tabular-nums;
  }
  .badge {
    display: inline-block;
    padding: 0.05rem 0.5rem;
    border: 1px solid currentColor;
    border-radius: 99px;
    background: var(--other-back);
    color: var(--other);
    font-size: 0.75rem;
    font-weight: 600;
    line-height: 1.5;
    white-space: nowrap;
    print-color-adjust: exact;
    -webkit-print-color-adjust: exact;
  }
  .badge.good {
    background: var(--good-back);
    color: var(--good);
  }
  .badge.bad {
    background: var(--bad-back);
    color: var(--bad);
  }
  .badge.doubt {
    background: var(--doubt-back);
    color: var(--doubt);
  }
  .scroll {
    position: relative;
    overflow-x: auto;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    font-size: 0.875rem;
    line-height: 1.45;
  }
  th,
  td {
    padding: 0.55rem 0.75rem 0.55rem 0;
    border-top: 1px solid var(--line);
    text-align: left;
    vertical-align: top;
    overflow-wrap: anywhere;
  }
  thead th {
    border-top: 0;
    padding-top: 0;
    color: var(--soft);
    font-size: 0.8125rem;
    font-weight: 600;
    overflow-wrap: normal;
  }
  tbody th {
    font-weight: 600;
  }
  td > small,
  th > small {
    display: block;
    margin-top: 0.1rem;
    color: var(--soft);
    font-size: 0.8125rem;
    font-weight: 400;
  }
  .blocks td {
    min-width: 7.5rem;
  }
  .blocks .number,
  .blocks .narrow {
    min-width: 0;
  }
  .number {
    text-align: right;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .narrow {
    width: 1%;
    white-space: nowrap;
  }
  .glance {
    font-size: 0.8125rem;
  }
  .glance th,
  .glance td {
    overflow-wrap: normal;
  }
  .glance tbody th {
    min-width: 9rem;
    overflow-wrap: anywhere;
  }
  .glance td,
  .glance thead th + th {
    text-align: center;
    padding-right: 0.4rem;
  }
  .sign {
    display: inline-block;
    width: 1.5em;
    border-radius: 5px;
    background: var(--other-back);
    color: var(--other);
    font-weight: 700;
    line-height: 1.5;
    text-align: center;
    print-color-adjust: exact;
    -webkit-print-color-adjust: exact;
  }
  .sign.good {
    background: var(--good-back);
    color: var(--good);
  }
  .sign.bad {
    background: var(--bad-back);
    color: var(--bad);
  }
  .sign.doubt {
    background: var(--doubt-back);
    color: var(--doubt);
  }
  .sign.none {
    background: none;
    color: var(--soft);
    font-weight: 400;
  }
  .keys {
    display: flex;
    flex-wrap: wrap;
    gap: 0.35rem 1.25rem;
    margin-top: 0.75rem;
    color: var(--soft);
    font-size: 0.8125rem;
  }
  .keys li {
    display: flex;
    align-items: center;
    gap: 0.45rem;
  }
  .party > header {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0.25rem 0.75rem;
    max-width: none;
    margin: 0;
    padding: 0;
  }
  .party > p {
    margin: 0.1rem 0 0.75rem;
    max-width: none;
  }
  .admits {
    margin: 0 0 0.9rem;
    padding: 0.6rem 0.9rem;
    background: var(--accent-back);
    border-radius: 8px;
    print-color-adjust: exact;
    -webkit-print-color-adjust: exact;
  }
  .admits strong {
    font-weight: 600;
  }
  .admits li {
    overflow-wrap: anywhere;
  }
  .finding {
    margin: 1rem 0;
    padding: 1rem 1.25rem;
    background: var(--paper);
    border: 1px solid var(--line);
    border-left: 5px solid var(--doubt);
    border-radius: 10px;
    break-inside: avoid;
  }
  .finding.error {
    border-left-color: var(--bad);
  }
  .finding > header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25rem 0.75rem;
    max-width: none;
    margin: 0 0 0.4rem;
    padding: 0;
  }
  .finding p {
    margin: 0.2rem 0;
    overflow-wrap: anywhere;
  }
  .counts {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(7.5rem, 1fr));
    gap: 0.5rem 1.25rem;
    margin: 0;
  }
  .counts dt {
    color: var(--soft);
    font-size: 0.8125rem;
  }
  .counts dd {
    margin: 0;
    font-size: 1.125rem;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }
  figure {
    margin: 0;
  }
  figcaption {
    margin-bottom: 0.5rem;
    font-weight: 600;
  }
  .picture {
    display: block;
    max-width: 100%;
    height: auto;
    margin: 0 auto;
  }
  .picture.large {
    max-width: none;
  }
  .picture text {
    fill: var(--ink);
    font-size: 11px;
  }
  .picture .kind {
    fill: var(--soft);
    font-size: 10.5px;
  }
  .picture .name {
    font-size: 13px;
    font-weight: 600;
  }
  .picture .detail {
    fill: var(--soft);
  }
  .picture .box rect {
    fill: var(--paper);
    stroke: var(--line);
    stroke-width: 1.25;
  }
  .picture .mark {
    fill: none;
    stroke: var(--other);
    stroke-width: 3;
    stroke-linecap: round;
  }
  .picture .gateway .mark {
    stroke: var(--accent);
  }
  .picture .api .mark {
    stroke: var(--api);
  }
  .picture .app .mark,
  .picture .slot .mark {
    stroke: var(--good);
  }
  .picture .service .mark {
    stroke: var(--service);
  }
  .picture .outside rect {
    stroke: var(--soft);
    stroke-dasharray: 5 4;
  }
  .picture .anyone rect {
    fill: var(--bad-back);
    stroke: var(--bad);
  }
  .picture .anyone .mark {
    stroke: var(--bad);
  }
  .picture .frame rect {
    fill: var(--accent);
    fill-opacity: 0.05;
    stroke: var(--accent);
    stroke-opacity: 0.35;
  }
  .picture .frame.stack rect {
    fill: var(--other);
    fill-opacity: 0.04;
    stroke: var(--other);
    stroke-dasharray: 2 4;
  }
  .picture .frame.app rect {
    fill: var(--good);
    stroke: var(--good);
  }
  .picture .heading {
    fill: var(--soft);
    font-size: 12px;
    font-weight: 600;
    paint-order: stroke;
    stroke: var(--paper);
    stroke-width: 4px;
    stroke-linejoin: round;
  }
  .line,
  .picture .label {
    color: var(--other);
  }
  .line path {
    fill: none;
    stroke: currentColor;
    stroke-width: 1.5;
  }
  .line .head {
    fill: currentColor;
    stroke-dasharray: none;
  }
  .picture .label rect {
    fill: none;
  }
  .picture .label text {
    text-anchor: middle;
    paint-order: stroke;
    stroke: var(--paper);
    stroke-width: 3px;
    stroke-linejoin: round;
  }
  .picture .label .proof {
    fill: currentColor;
    font-weight: 600;
  }
  .by-managed-identity,
  .picture .by-managed-identity {
    color: var(--good);
  }
  .by-entra-token,
  .by-other-token,
  .by-client-certificate,
  .by-token-of-the-caller,
  .picture .by-entra-token,
  .picture .by-other-token,
  .picture .by-client-certificate,
  .picture .by-token-of-the-caller {
    color: var(--accent);
  }
  .by-subscription-key,
  .by-key,
  .picture .by-subscription-key,
  .picture .by-key {
    color: var(--doubt);
  }
  .by-nothing,
  .picture .by-nothing {
    color: var(--bad);
  }
  .by-token-of-the-caller path,
  .by-subscription-key path,
  .by-key path {
    stroke-dasharray: 7 4;
  }
  .by-nothing path,
  .by-not-known path {
    stroke-dasharray: 2 4;
  }
  @media screen and (max-width: 52rem) {
    header,
    main,
    footer {
      padding-left: 1rem;
      padding-right: 1rem;
    }
    header {
      padding-top: 1.5rem;
    }
    h1 {
      font-size: 1.5rem;
    }
    .paper {
      padding: 1rem;
    }
    .tiles {
      grid-template-columns: repeat(2, 1fr);
    }
    .picture {
      max-width: none;
    }
    .blocks,
    .blocks tbody,
    .blocks tr,
    .blocks td,
    .blocks th {
      display: block;
    }
    .blocks thead {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    .blocks tr {
      padding: 0.65rem 0;
      border-top: 1px solid var(--line);
    }
    .blocks tr:first-child {
      border-top: 0;
      padding-top: 0;
    }
    .blocks td,
    .blocks th {
      min-width: 0;
      padding: 0.1rem 0;
      border: 0;
      text-align: left;
      width: auto;
      white-space: normal;
    }
    .blocks td[data-label]::before {
      content: attr(data-label) ": ";
      color: var(--soft);
      font-size: 0.8125rem;
    }
    .blocks td:empty {
      display: none;
    }
  }
  @page {
    size: A4;
    margin: 14mm 13mm;
  }
  @media print {
    :root {
      color-scheme: light;
      --page: #ffffff;
    }
    html {
      font-size: 10pt;
    }
    header,
    main,
    footer {
      max-width: none;
      padding: 0;
    }
    h2 {
      margin-top: 1.75rem;
    }
    h2,
    h3,
    figcaption,
    .lead {
      break-after: avoid;
    }
    .paper,
    .finding,
    .tiles a {
      border-radius: 6px;
    }
    .tiles {
      grid-template-columns: repeat(6, 1fr);
      gap: 0.5rem;
    }
    .tiles a {
      padding: 0.5rem 0.6rem;
    }
    .paper {
      padding: 0.8rem 1rem;
    }
    th,
    td {
      padding-top: 0.35rem;
      padding-bottom: 0.35rem;
    }
    .party > header,
    .party > p,
    .admits,
    thead {
      break-after: avoid;
    }
    thead {
      display: table-header-group;
    }
    tr,
    li,
    figure,
    .verdict {
      break-inside: avoid;
    }
    .scroll {
      overflow: visible;
    }
    .picture,
    .picture.large {
      max-width: 100%;
      max-height: 235mm;
    }
    .glance {
      font-size: 7pt;
    }
    .picture .label text,
    .picture .heading {
      stroke: none;
    }
    .glance tbody th {
      min-width: 0;
    }
    a {
      color: inherit;
      text-decoration: none;
    }
  }
`;
