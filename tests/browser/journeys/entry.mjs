// A complaint that came by telephone: an officer types it, the person goes home with a receipt that works.
import assert from 'node:assert/strict'
import { look } from '../lib/layout.mjs'
import { citizen, officer } from '../lib/people.mjs'
import { given, journey, then, when } from '../lib/story.mjs'

const FACTS = 'ผู้แจ้งโทรศัพท์มาบอกว่าเจ้าหน้าที่เรียกเงินห้าร้อยบาทก่อนรับคำขอ'
const NAME = 'นางสาวมะลิ ผู้แจ้งเรื่อง'

journey('an_officer_enters_what_came_by_telephone_and_the_person_follows_it', ['th_320_without_scripts', 'en_1280_with_scripts'],
  async (told) => {
    const { agency, settings } = told
    const legal = await officer(told, 'legal')
    const { page, at } = legal
    const press = () => at.press('#form-entry button[name=step][value=enter]')
    await given('a legal officer at an empty form, reached from the menu', async () => {
      await at.press('.app-nav a[href^="/entry"]')
      await look(told, page, 'the empty form')
    })
    await when('too little is typed', async () => {
      await page.fill('#facts', FACTS)
      assert.equal((await press()).status(), 400)
      await look(told, page, 'the form with faults')
      assert.equal(await page.locator('#facts').inputValue(), FACTS)
      assert.equal(await page.locator('#enter-channel-error').count(), 1)
    })
    await when('the name is that of somebody of the line', async () => {
      await page.selectOption('#enter-channel', 'phone')
      await page.fill('#enter-received', '1/10/2568')
      await page.selectOption('#enter-category', 'bribery')
      await page.fill('#subject_position', settings.language === 'th' ? 'ปลัดเทศบาล' : 'clerk')
      await page.check('#anonymous-no')
      await page.fill('#name', NAME)
      assert.equal((await press()).status(), 400)
      await look(told, page, 'the question about a name of the line')
    })
    let receipt
    await then('it is registered when another person is meant, and the receipt stands there', async () => {
      await page.check('#others_meant')
      assert.equal((await press()).status(), 200)
      await look(told, page, 'the result with the receipt')
      assert.match(await page.locator('#entered').innerText(), /1\/25\d\d/)
      receipt = await page.locator('#receipt').innerText()
      assert.equal(receipt.replace(/\D/g, '').length, 28)
      assert.ok(!(await page.content()).includes(NAME))
    })
    await then('it can be had as a print', async () => {
      const [download] = await Promise.all([page.waitForEvent('download'), page.click('#form-slip button')])
      assert.equal(download.suggestedFilename(), 'receipt.pdf')
    })
    await then('the case says how it came and nothing of who called', async () => {
      await at.onlyCase()
      await look(told, page, 'the case')
      const text = await page.locator('main').innerText()
      assert.ok(text.includes(FACTS))
      assert.ok(!text.includes(NAME))
    })
    await then('the person follows it with the receipt', async () => {
      const person = await citizen(told)
      await person.page.goto(`${agency.reporters}/track?lang=${settings.language}`)
      await person.page.fill('#receipt', receipt)
      await person.page.click('main form button')
      await person.page.waitForSelector('#state')
      await person.leave()
    })
    await legal.leave()
  })
