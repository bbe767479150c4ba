// The people of a journey, each with a browser profile of their own; see sitDown().
import assert from 'node:assert/strict'
import { Officer } from '../pages/officer.mjs'
import { Reporter } from '../pages/reporter.mjs'
import { sitDown } from './browser.mjs'
import { code } from './totp.mjs'

export async function citizen({ agency, browser, settings }) {
  const person = await sitDown(browser, settings, { origin: agency.reporters, cookies: false })
  return { ...person, reporter: new Reporter(person.page, agency, settings.language) }
}

// `login`: signed in as this one of agency.people, with a code where the agency has second factors; without it nobody is signed
// in yet.
export async function officer({ agency, browser, settings }, login) {
  const person = await sitDown(browser, settings, { origin: agency.officers, cookies: true })
  const at = new Officer(person.page, agency, settings.language)
  if (login) {
    const { secret, ...words } = agency.people[login]
    assert.equal((await at.signIn({ ...words, code: secret && code(secret) })).status(), 200)
  }
  return { ...person, at }
}

// By the legal officer and the clerk, through all steps in between.
export async function closeTheOnlyCase(told) {
  const legal = await officer(told, 'legal')
  await legal.at.onlyCase()
  await legal.at.register()
  await legal.at.screen()
  await legal.at.propose()
  await legal.leave()
  const clerk = await officer(told, 'clerk')
  await clerk.at.onlyCase()
  await clerk.at.close()
  await clerk.leave()
}
