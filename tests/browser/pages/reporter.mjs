// What a citizen can do on the reporter face, by the names that the outside contract promises.
import assert from 'node:assert/strict'
import { nextPage } from '../lib/browser.mjs'

export const complaint = {
  category: 'procurement',
  subject_name: 'นายทดสอบ ไม่มีจริง',
  subject_position: 'เจ้าหน้าที่พัสดุ',
  subject_unit: 'กองช่าง',
  when: 'ต้นปี ๒๕๖๙',
  where: 'ห้องประชุมชั้นสอง',
  facts: 'เล่าว่าเกิดอะไรขึ้น\nบรรทัดที่สอง "อ้างคำพูด" <b>ไม่ใช่ตัวหนา</b> & ๑๒๓',
  witnesses: 'ผู้เห็นเหตุการณ์สองคน',
  elsewhere: 'ยังไม่เคย',
  wish: 'ขอให้ตรวจสอบ',
}
export const identity = { name: 'นางผู้แจ้ง ใจกล้า', address: '๑๒ หมู่ ๓\nตำบลตัวอย่าง', phone: '0 2000 0000', email: 'someone@example.com' }

const LINES = ['subject_name', 'subject_position', 'subject_unit', 'when', 'where']
const TEXTS = ['facts', 'witnesses', 'elsewhere', 'wish']

export class Reporter {
  constructor(page, agency, language) {
    this.page = page
    this.origin = agency.reporters
    this.language = language
  }

  // With the language chosen, as the links of the page carry it.
  open(path) {
    return this.page.goto(`${this.origin}${path}?lang=${this.language}`)
  }

  press(selector) {
    return nextPage(this.page, () => this.page.click(selector))
  }

  button(name, value) {
    return `main button[name="${name}"][value="${value}"]`
  }

  async startReport() {
    await this.open('/')
    await this.press('main a[href^="/report"]')
    await this.page.check('input[name=about][value=yes]')
    await this.press(this.button('step', 'start'))
  }

  async fill(fields) {
    for (const name of [...LINES, ...TEXTS]) if (name in fields) await this.page.fill(`#${name}`, fields[name])
    if (fields.category) await this.page.check(`#category-${fields.category}`)
  }

  async giveName(fields) {
    await this.page.check('#anonymous-no')
    await this.openIdentity()
    for (const [name, value] of Object.entries(fields)) await this.page.fill(`#${name}`, value)
  }

  async openIdentity() {
    if (!(await this.page.locator('details[open] #name').count())) await this.page.click('details > summary')
  }

  // `post` as the pages call it: people are listed as "post – name".
  async exclude(...names) {
    for (const name of names) await this.page.locator('input[name=excluded]').and(this.page.getByLabel(name)).check()
  }

  acknowledge() {
    return this.page.check('#acknowledge')
  }

  check() {
    return this.press(this.button('step', 'check'))
  }

  send() {
    return this.press(this.button('step', 'file'))
  }

  change(field) {
    return this.press(`main button[formaction$="#${field}"]`)
  }

  switchLanguage() {
    this.language = this.language === 'th' ? 'en' : 'th'
    return this.press('.app-language a, .app-language button')
  }

  async receipt() {
    const text = (await this.page.locator('#receipt').innerText()).trim()
    const groups = text.split(/\s+/)
    assert.equal(groups.length, 7, `the receipt is not in seven groups: ${groups.length}`)
    for (const group of groups) assert.match(group, /^\d{4}$/)
    return groups.join(' ')
  }

  // The whole of a filing, for journeys that are about what comes after it. Answers with the receipt.
  async file(fields = complaint, { excluded = [], named } = {}) {
    await this.startReport()
    await this.fill(fields)
    if (named) await this.giveName(named)
    await this.exclude(...excluded)
    await this.acknowledge()
    await this.check()
    await this.send()
    return this.receipt()
  }

  async track(receipt) {
    await this.open('/track')
    await this.page.fill('#receipt', receipt)
    return this.press(this.button('action', 'open'))
  }

  async write(message) {
    await this.page.fill('#message', message)
    return this.press(this.button('action', 'write'))
  }

  state() {
    return this.page.locator('#state').innerText()
  }

  messages() {
    return this.page.locator('#messages .message .app-text').allInnerTexts()
  }

  // What stands in the form now, by field.
  async typed() {
    return this.page.locator('#report').evaluate((form) => {
      const out = {}
      for (const field of form.elements) {
        if (!field.name || field.type === 'submit' || field.name === 'once') continue
        if ((field.type === 'checkbox' || field.type === 'radio') && !field.checked) continue
        ;(out[field.name] ??= []).push(field.value.replaceAll('\r\n', '\n'))
      }
      return out
    })
  }

  // [{ field, text }] of the error summary, each link followed to what it points to.
  faults() {
    return this.page.locator('.govuk-error-summary a').evaluateAll((links) => links.map((link) => {
      const id = link.getAttribute('href').slice(1)
      const target = document.getElementById(id)
      return { id, text: link.textContent.trim(), field: target && (target.name || target.querySelector('[name]')?.name),
        describes: target ? document.getElementById(`${target.name}-error`)?.textContent ?? '' : '' }
    }))
  }
}
