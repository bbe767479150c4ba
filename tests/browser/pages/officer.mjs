// What an officer can do on the officer face.
import assert from 'node:assert/strict'
import { nextPage } from '../lib/browser.mjs'

// What a hurried but lawful legal officer enters, by field.
const SCREENING = { sufficient_person: 'sufficient', sufficient_unit: 'sufficient', sufficient_time_place: 'unclear',
  sufficient_conduct: 'sufficient', older_than_five_years: 'no', other_agency_acts: 'unknown', in_court: 'no' }
export const ALLEGATIONS = ['เรียกเงินจากผู้รับเหมา', 'แก้ไขเอกสารตรวจรับ']
export const NOTICE = 'เรื่องของท่านได้รับการพิจารณาแล้ว'

export class Officer {
  constructor(page, agency, language) {
    this.page = page
    this.origin = agency.officers
    this.language = language
  }

  open(path) {
    return this.page.goto(`${this.origin}${path}${path.includes('?') ? '&' : '?'}lang=${this.language}`)
  }

  press(selector) {
    return nextPage(this.page, () => this.page.click(selector))
  }

  async signIn(credentials) {
    await this.open('/login')
    return this.signInHere(credentials)
  }

  // On the page that is there.
  async signInHere({ login, passphrase, code }) {
    await this.page.fill('#login', login)
    await this.page.fill('#passphrase', passphrase)
    if (code) await this.page.fill('#code', code)
    return this.press('#sign-in button')
  }

  signOut() {
    return this.press('form[action^="/logout"] button')
  }

  async totals() {
    const number = async (id) => Number(await this.page.locator(`#${id}`).innerText())
    return { total: await number('total'), inProgress: await number('in-progress'), finished: await number('finished') }
  }

  // [{ number, row, href }] as the queue shows them.
  async queue() {
    await this.open('/queue')
    return this.page.locator('#queue tbody tr').evaluateAll((rows) => rows.map((row) => {
      const link = row.querySelector('a')
      return { number: link.firstChild.textContent.trim(), row: row.textContent, path: new URL(link.href).pathname }
    }))
  }

  async onlyCase() {
    const rows = await this.queue()
    assert.equal(rows.length, 1, `${rows.length} rows in the queue`)
    await this.open(rows[0].path)
    return rows[0].path
  }

  // What the case does not wait for stands behind its name.
  async unfold(event) {
    const details = this.page.locator(`details#move-${event}`)
    if (await details.count() && !(await details.evaluate((one) => one.open))) await details.locator('summary').click()
  }

  // A form of a move: { field: text }, { field: choice }, or true for a box.
  async carryOut(event, values) {
    await this.unfold(event)
    for (const [name, value] of Object.entries(values)) {
      const field = this.page.locator(`#form-${event} [name="${name}"]`)
      if (value === true) await field.check()
      else if (/^(text|textarea)$/.test(await field.first().evaluate((one) => one.type))) await field.fill(value)
      else await this.choose(event, name, value)
    }
    return this.submit(event)
  }

  // One of the officers whom the order may name.
  async nameFinder(event, name) {
    await this.unfold(event)
    const box = this.page.locator(`#form-${event} .govuk-checkboxes__item`, { hasText: name })
    await box.locator('input').check()
  }

  async choose(event, name, value) {
    await this.unfold(event)
    const form = this.page.locator(`#form-${event}`)
    const list = form.locator(`select[name="${name}"]`)
    if (await list.count()) await list.selectOption(value)
    else await form.locator(`input[name="${name}"][value="${value}"]`).check()
  }

  submit(event) {
    return this.press(`#form-${event} button[type=submit]`)
  }

  offers() {
    return this.page.locator('form[id^="form-"]').evaluateAll((forms) => forms.map((form) => form.id.slice('form-'.length)))
  }

  async register(category = 'procurement') {
    await this.choose('register', 'category', category)
    return this.submit('register')
  }

  async screen() {
    await this.page.check('#form-screen input[name=no_conflict]')
    return this.submit('screen')
  }

  async propose() {
    for (const [name, value] of Object.entries(SCREENING)) await this.choose('propose', name, value)
    await this.page.fill('#form-propose [name=allegations]', ALLEGATIONS.join('\n'))
    await this.page.fill('#form-propose [name=proposed_order]', 'เห็นควรยุติเรื่อง')
    return this.submit('propose')
  }

  async close() {
    for (const number of ALLEGATIONS.keys()) await this.choose('close', `outcome_${number + 1}`, 'no_merit')
    await this.unfold('close')
    await this.page.fill('#form-close [name=reason]', 'ไม่พบพยานหลักฐานสนับสนุน')
    await this.page.fill('#form-close [name=notice]', NOTICE)
    for (const box of await this.page.locator('#form-close input[type=checkbox]').all()) await box.check()
    return this.submit('close')
  }

  // As the clerk signed it today.
  async enterPaper(signer, date) {
    await this.unfold('paper_close')
    const form = this.page.locator('#form-paper_close')
    await form.locator('[name=order_number]').fill('45/2569')
    await form.locator('[name=order_date]').fill(date)
    const option = form.locator('select[name=signer] option', { hasText: signer }).first()
    await form.locator('select[name=signer]').selectOption(await option.getAttribute('value'))
    await form.locator('[name=paper_kept]').fill('แฟ้มลับที่ 4')
    for (const number of ALLEGATIONS.keys()) await this.choose('paper_close', `outcome_${number + 1}`, 'no_merit')
    await form.locator('[name=reason]').fill('ไม่พบพยานหลักฐานสนับสนุน')
    await form.locator('[name=notice]').fill(NOTICE)
    return this.submit('paper_close')
  }

  // The form's own way, without a script.
  async attach(file, purpose) {
    await this.page.check(`#form-files input[name=purpose][value=${purpose}]`)
    await this.page.setInputFiles('#attach-files', file)
    return this.submit('files')
  }

  async confirmPaper() {
    await this.page.check('#form-confirm_paper input[name=compared]')
    return this.submit('confirm_paper')
  }

  // The filing of the triage page in which these words stand.
  filing(words) {
    return this.page.locator('#triage .app-filing', { hasText: words })
  }

  async tick(words) {
    await this.filing(words).locator('input[type=checkbox]').check()
  }

  async decide(words, event) {
    await this.filing(words).locator(`input[type=radio][value^="${event}."]`).check()
  }

  async reply(text) {
    await this.page.fill('#form-reply [name=message]', text)
    return this.submit('reply')
  }

  state() {
    return this.page.locator('#state').innerText()
  }
}
