// node build.mjs <node_modules> <templates folder> <output folder>
// Compiles style.scss and keeps of it only the rules whose classes stand in a template or in our script: the
// components bring three times what the pages use, and a first visit has a budget of 100 kB. What is left is cut into three
// sheets: style.css for pages to read, forms.css for what a reporter fills in on top of it, officer.css on top of both.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const [modules, templates, output] = process.argv.slice(2).map((path) => resolve(path))
const here = dirname(fileURLToPath(import.meta.url))
const sass = createRequire(join(modules, 'package.json'))('sass')

const compiled = sass.compile(join(here, 'style.scss'), {
  loadPaths: [modules],
  style: 'compressed',
  quietDeps: true,
  silenceDeprecations: ['mixed-decls'],
}).css.replace(/^\uFEFF/, '')

// The words of these files, and of what they include.
function words(files, seen = new Set(), done = new Set()) {
  for (const file of files) {
    if (done.has(file)) continue
    done.add(file)
    const text = readFileSync(file, 'utf8')
    for (const word of text.match(/[A-Za-z][\w-]*/g) ?? []) seen.add(word)
    words([...text.matchAll(/\[\[>\s*(parts\/[\w-]+)/g)].map(([, name]) => join(templates, `${name}.html`)), seen, done)
  }
  return seen
}
const pages = (...names) => names.map((name) => join(templates, `${name}.html`))
const all = readdirSync(templates).filter((name) => name.endsWith('.html')).map((name) => name.slice(0, -5))
// The same lists stand in the tables of pages of the two faces; a test holds them together.
const READING = ['home', 'privacy', 'statistics', 'error', 'report-general']
const OFFICER = ['layout-officer', 'login', 'kept', 'queue', 'role', 'case', 'case-file', 'tampered', 'officer-error',
  'account', 'account-passphrase', 'account-recovery', 'account-code', 'account-second-factor', 'account-keys', 'recover']
const reading = words([...pages('layout-reporter', ...READING), join(here, 'js/exit.js')],
  new Set(['app-whole'])) // the engine of the templates writes this one
const reporters = words([...pages(...all.filter((name) => !OFFICER.includes(name))), join(here, 'js/files.js')], new Set(reading))
const everything = words(pages(...all), new Set(reporters))

// [prelude, body] pairs of the outermost blocks; statements without a block (there are none but @charset) are dropped.
function blocks(css) {
  const found = []
  for (let at = 0; at < css.length;) {
    const open = css.indexOf('{', at)
    if (open < 0) break
    let depth = 1, end = open + 1
    for (; depth > 0; end++) depth += css[end] === '{' ? 1 : css[end] === '}' ? -1 : 0
    found.push([css.slice(at, open).replace(/^@charset[^;]*;/, '').trim(), css.slice(open + 1, end - 1)])
    at = end
  }
  return found
}

// Commas inside :is(…) or :not(…) do not part selectors.
function selectors(prelude) {
  const parts = ['']
  let depth = 0
  for (const char of prelude) {
    depth += char === '(' ? 1 : char === ')' ? -1 : 0
    if (char === ',' && depth === 0) parts.push('')
    else parts[parts.length - 1] += char
  }
  return parts
}

const fits = (selector, seen) =>
  (selector.replace(/:not\([^)]*\)+/g, '').match(/\.[A-Za-z][\w-]*/g) ?? []).every((name) => seen.has(name.slice(1)))

// The typeface stands once, on html and the form controls; everything else inherits it.
const unused = /^(font-family|-webkit-font-smoothing|-moz-osx-font-smoothing|--govuk-(breakpoint-\w+|frontend-version))\s*:/
const plain = (body) => body.split(';').filter((line) => !unused.test(line) || /monospace/.test(line)).join(';')

// The rules that `isUsed` names, each selector by itself.
function keep(css, isUsed) {
  let out = ''
  for (const [prelude, body] of blocks(css)) {
    if (/\\0/.test(prelude)) continue // for Internet Explorer only
    if (/^@(media|supports)/.test(prelude)) {
      const inner = keep(body, isUsed)
      if (inner) out += `${prelude}{${inner}}`
    } else if (prelude.startsWith('@')) {
      if (isUsed('')) out += `${prelude}{${body}}` // no class: of the first sheet
    } else {
      const kept = selectors(prelude).filter(isUsed)
      const declarations = plain(body)
      if (kept.length && declarations) out += `${kept.join(',')}{${declarations}}`
    }
  }
  return out
}

const typeface = 'html,button,input,select,textarea{font-family:"Sarabun","Noto Sans Thai",tahoma,sans-serif;' +
  '-webkit-font-smoothing:antialiased;-moz-osx-font-smoothing:grayscale}'

// What is only for paper goes behind everything else, in one block, with equal declarations written once.
function paperLast(css) {
  let screen = ''
  const paper = new Map()
  for (const [prelude, body] of blocks(css)) {
    if (prelude !== '@media print') screen += `${prelude}{${body}}`
    else for (const [names, declarations] of blocks(body)) paper.set(declarations, [...(paper.get(declarations) ?? []), names])
  }
  const rules = [...paper].map(([declarations, names]) => `${names.join(',')}{${declarations}}`)
  return rules.length ? `${screen}@media print{${rules.join('')}}` : screen
}

mkdirSync(output, { recursive: true })
// :root defines every one of the components' variables, so the value that each use repeats is never taken.
const sheet = (isUsed) =>
  paperLast(keep(compiled, isUsed)).replace(/var\((--govuk-[\w-]+), ?[^()]*\)/g, 'var($1)').replace(/(\.\d{4})\d+/g, '$1')
const write = (name, css) => writeFileSync(join(output, name), css)
write('style.css', typeface + sheet((selector) => fits(selector, reading)))
write('forms.css', sheet((selector) => fits(selector, reporters) && !fits(selector, reading)))
write('officer.css', sheet((selector) => fits(selector, everything) && !fits(selector, reporters)))
for (const subset of ['thai', 'latin'])
  for (const weight of [400, 700])
    copyFileSync(join(modules, `@fontsource/sarabun/files/sarabun-${subset}-${weight}-normal.woff2`),
      join(output, `sarabun-${subset}-${weight}.woff2`))
copyFileSync(join(modules, '@fontsource/sarabun/LICENSE'), join(output, 'sarabun-licence.txt'))
for (const script of ['exit.js', 'files.js']) copyFileSync(join(here, 'js', script), join(output, script))
