// Somebody new: an admin opens the account, its owner makes the keys, a colleague who hears the fingerprint signs, and only
// the complaint filed after that opens for the new officer.
import assert from 'node:assert/strict'
import { look } from '../lib/layout.mjs'
import { citizen, officer } from '../lib/people.mjs'
import { given, journey, then, when } from '../lib/story.mjs'
import { code } from '../lib/totp.mjs'
import { complaint } from '../pages/reporter.mjs'

const PASSPHRASE = 'แมวสีดำนอนใต้ต้นมะม่วงใหญ่'

async function file(told, facts) {
  const { reporter, leave } = await citizen(told)
  await reporter.file({ ...complaint, facts })
  await leave()
}

async function openAccount(told, admin) {
  await admin.page.goto(`${admin.at.origin}/officers?lang=${told.settings.language}`)
  await look(told, admin.page, 'the list of accounts')
  await admin.at.open('/officers/new')
  await look(told, admin.page, 'a new account')
  await admin.page.fill('#login', 'somsri')
  assert.equal((await admin.at.press('#account button[value=send]')).status(), 400)
  await look(told, admin.page, 'a new account, with faults')
  assert.equal(await admin.page.inputValue('#login'), 'somsri', 'what was typed is kept')
  await admin.page.fill('#name', 'นางสมศรี ใจงาม')
  await admin.page.check('[name=reading]')
  await admin.page.selectOption('#post', 'legal_officer')
  await admin.page.selectOption('#capacity', 'acting_vacancy')
  await admin.page.fill('#order', '9/2569')
  const year = new Date().getFullYear() + 543
  await admin.page.fill('#from', `1/1/${year}`)
  await admin.page.fill('#until', `31/12/${year + 1}`)
  assert.equal((await admin.at.press('#account button[value=send]')).status(), 200)
  await look(told, admin.page, 'the invitation')
  return (await admin.page.locator('#invitation').innerText()).trim()
}

async function join(told, fresh, code) {
  await fresh.at.open('/join')
  await look(told, fresh.page, 'joining')
  await fresh.page.fill('#code', 'ABCD')
  assert.equal((await fresh.at.press('#join button')).status(), 400)
  await fresh.page.fill('#code', code.toLowerCase().replaceAll('-', ' '))
  assert.equal((await fresh.at.press('#join button')).status(), 200)
  assert.equal(await fresh.page.locator('#join-login').innerText(), 'somsri')
  await look(told, fresh.page, 'choosing a passphrase')
  await fresh.page.check('#offer-own')
  await fresh.page.fill('#passphrase_own', 'short')
  assert.equal((await fresh.at.press('#join button[value=make]')).status(), 400)
  await look(told, fresh.page, 'choosing a passphrase, with a fault')
  assert.equal(await fresh.page.inputValue('#passphrase_own'), '', 'a passphrase never comes back')
  await fresh.page.fill('#passphrase_own', PASSPHRASE)
  await fresh.page.fill('#passphrase_again', PASSPHRASE)
  assert.equal((await fresh.at.press('#join button[value=make]')).status(), 200)
  await look(told, fresh.page, 'joined')
}

async function enrolTelephone(told, fresh) {
  assert.equal(new URL(fresh.page.url()).pathname, '/account/second-factor', 'the agency demands a second factor')
  await look(told, fresh.page, 'a telephone must be set up')
  assert.equal(new URL((await fresh.at.open('/queue')).url()).pathname, '/account/second-factor', 'and nothing else is open before')
  const secret = await fresh.page.inputValue('input[name=secret]')
  await fresh.page.fill('#code', code(secret))
  await fresh.page.fill('#passphrase', PASSPHRASE)
  assert.equal((await fresh.at.press('#factor-form button')).status(), 200)
  await fresh.at.open('/queue')
}

const VARIANTS = ['th_320_without_scripts', 'th_320_with_scripts', 'en_1280_with_scripts']

journey('somebody_new_reads_after_a_colleague_vouched', VARIANTS, async (told) => {
  const before = `${complaint.facts} ก่อนรับรอง`, after = `${complaint.facts} หลังรับรอง`
  const admin = await officer(told, 'admin')
  const invitation = await when('an admin opens an account', () => openAccount(told, admin))
  const fresh = await officer(told)
  await when('its owner redeems the invitation', () => join(told, fresh, invitation))
  await then('it is used up', async () => {
    await admin.at.open('/join')
    await admin.page.fill('#code', invitation)
    assert.equal((await admin.at.press('#join button')).status(), 400)
  })
  await given('a complaint filed before anybody vouched', () => file(told, before))
  await when('the owner signs in and sees the fingerprint', async () => {
    assert.equal((await fresh.at.signIn({ login: 'somsri', passphrase: PASSPHRASE })).status(), 200)
    await enrolTelephone(told, fresh)
    await look(told, fresh.page, 'nobody has vouched yet')
  })
  const fingerprint = (await fresh.page.locator('#fingerprint').innerText()).trim()
  assert.match(fingerprint, /^([0-9a-f]{4} ){7}[0-9a-f]{4}$/)
  const voucher = await officer(told, 'executive')
  await when('a colleague who may vouch hears it and signs', async () => {
    await look(told, voucher.page, 'the queue of a voucher')
    await voucher.at.press('#roster-notice a[href^="/officers"]')
    await look(told, voucher.page, 'the list for a voucher')
    await voucher.at.press('#to-sign + ul a')
    await voucher.page.fill('#fingerprint', fingerprint.replace(/^./, (digit) => (digit === '0' ? '1' : '0')))
    assert.equal((await voucher.at.press('#form-vouch button')).status(), 400)
    await look(told, voucher.page, 'another fingerprint')
    await voucher.page.fill('#fingerprint', fingerprint.toUpperCase())
    assert.equal((await voucher.at.press('#form-vouch button')).status(), 200)
    await look(told, voucher.page, 'vouched for')
  })
  await given('a complaint filed after that', () => file(told, after))
  await then('the new officer reads this one alone', async () => {
    assert.equal((await fresh.at.queue()).length, 1)
    await fresh.at.onlyCase()
    assert.ok((await fresh.page.locator('main').innerText()).includes(after))
  })
  const legal = await officer(told, 'legal')
  await then('every colleague is told once, and takes note', async () => {
    assert.match(await legal.page.locator('#roster-notice').innerText(), /นางสมศรี ใจงาม/)
    await look(told, legal.page, 'the queue with a new reader')
    assert.equal((await legal.at.press('#form-seen button')).status(), 200)
    assert.equal(await legal.page.locator('#roster-notice').count(), 0)
  })
  await then('and with their visit the earlier complaint opens for the new officer, too', async () => {
    assert.equal((await fresh.at.queue()).length, 2)
  })
  await when('the admin disables the account', async () => {
    await admin.at.open('/officers')
    await admin.at.press('#officers a:has-text("สมศรี")')
    await look(told, admin.page, 'one account')
    assert.equal((await admin.at.press('#form-disable button')).status(), 400)
    await look(told, admin.page, 'disabling, with a fault at the box')
    await admin.page.check('#understood_disable')
    assert.equal((await admin.at.press('#form-disable button')).status(), 200)
    await look(told, admin.page, 'disabled')
  })
  await then('its owner is signed out', async () => {
    assert.equal((await fresh.at.open('/queue')).status(), 403)
  })
  for (const person of [admin, fresh, voucher, legal]) await person.leave()
}, { secondFactors: true })
