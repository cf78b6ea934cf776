/** Files that a person sends, encoded for the server; files and photos as messages show them. */

import { element, icon } from "./dom.js";
import { language } from "./texts.js";

/** Resolves to the bytes of a file in base64. */
export function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

/** Build the line that shows a file in a message. */
export function fileLine({ file_name: name, file_size: size }) {
  const kilobytes = Math.max(1, Math.round(size / 1024));
  const shown = `${kilobytes.toLocaleString(language())} KB`;
  const words = element("div", {}, element("b", {}, name), element("small", {}, shown));
  return element("div", { className: "file" }, icon("file"), words);
}

/** Build the picture that shows a photo in a message; a press opens it whole. */
export function photo(sizes, label) {
  const { file_id: id, width, height } = sizes.at(-1);
  const image = element("img", { src: `photo/${id}`, alt: label, width, height });
  return element("a", { className: "photo", href: image.src, target: "_blank" }, image);
}
