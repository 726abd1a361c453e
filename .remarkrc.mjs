import remarkGfm from "remark-gfm";
import remarkValidateLinks from "remark-validate-links";

/** `npm run lint` follows every link inside the repository, headings included. */
export default { plugins: [remarkGfm, [remarkValidateLinks, { repository: false }]] };
