// A loaded site for tests of pages: the share folder of this build, an invented agency.
#pragma once

#include "web/pages/common/site.h"

#include <cstdlib>
#include <stdexcept>

namespace pages_test {

inline std::string share_folder() { return SUCHARIT_TEST_SHARE; }
inline std::string source_folder() { return SUCHARIT_TEST_SOURCE; }

inline pages::AgencyProfile agency() {
    pages::AgencyProfile profile;
    profile.name = {"เทศบาลตำบลตัวอย่าง", "Tua Yang Subdistrict Municipality"};
    profile.responsible_unit = {"งานนิติการ สำนักปลัด", "Legal affairs, Office of the Clerk"};
    profile.contact = {"99 หมู่ 1 ตำบลตัวอย่าง โทร. 0 2000 0000", "99 Moo 1, Tua Yang, telephone 0 2000 0000"};
    profile.general_channel = {"แจ้งได้ที่เคาน์เตอร์บริการของเทศบาล", "At the municipality’s service counter"};
    profile.general_channel_url = "https://example.go.th/general";
    return profile;
}

inline pages::Site load(std::span<const pages::PageFile> files) {
    auto site = pages::Site::load(share_folder(), agency(), files);
    if (!site) throw std::runtime_error(site.error());
    return std::move(*site);
}

} // namespace pages_test
