#include "service/domain/media_type.h"

#include <algorithm>
#include <array>
#include <string>

namespace domain {
namespace {

using enum FileKind;
constexpr auto harmless = Danger::none_known, careful = Danger::document, dangerous = Danger::dangerous;
constexpr auto picture = Shown::image, sound = Shown::audio, hidden = Shown::not_shown;
constexpr bool is_cleaned = true;

// A whole type stands before its family. Cleaned is what mat2 cleans as a whole. No archives: what is in them is not looked
// through. No TIFF, of whose pages it keeps the first; no Excel and PowerPoint, from which it takes the list of their sheets and
// slides; no 3GP and M4A, for which it has no parser.
constexpr auto table = std::to_array<MediaType>({
    {"image/jpeg", image, ".jpg.jpeg.jpe.jfif", harmless, picture, is_cleaned},
    {"image/png", image, ".png", harmless, picture, is_cleaned},
    {"image/gif", image, ".gif", harmless, picture, is_cleaned},
    {"image/webp", image, ".webp", harmless, picture},
    {"image/bmp", image, ".bmp", harmless, picture},
    {"image/x-ms-bmp", image, ".bmp", harmless, picture},
    {"image/heic", image, ".heic", harmless, hidden, is_cleaned},
    {"image/heif", image, ".heif", harmless},
    {"image/tiff", image, ".tif.tiff", harmless},
    {"image/svg+xml", page, ".svg", dangerous},
    {"image/", image, "", dangerous},
    {"audio/mpeg", audio, ".mp3", harmless, sound, is_cleaned},
    {"audio/flac", audio, ".flac", harmless, sound, is_cleaned},
    {"audio/ogg", audio, ".ogg.oga.opus", harmless, sound, is_cleaned},
    {"audio/x-wav", audio, ".wav", harmless, sound, is_cleaned},
    {"audio/wav", audio, ".wav", harmless, sound},
    {"audio/mp4", audio, ".m4a", harmless, sound},
    {"audio/x-m4a", audio, ".m4a", harmless, sound},
    {"audio/aac", audio, ".aac", harmless, sound},
    {"audio/x-hx-aac-adts", audio, ".aac", harmless, sound},
    {"audio/webm", audio, ".weba", harmless, sound},
    {"audio/amr", audio, ".amr", harmless},
    {"audio/", audio, "", harmless},
    {"video/mp4", video, ".mp4.m4v", harmless, hidden, is_cleaned},
    {"video/quicktime", video, ".mov", harmless},
    {"video/3gpp", video, ".3gp", harmless},
    {"video/webm", video, ".webm", harmless},
    {"video/x-msvideo", video, ".avi", harmless},
    {"video/x-matroska", video, ".mkv", harmless},
    {"video/x-ms-asf", video, ".wmv", harmless},
    {"video/", video, "", harmless},
    {"application/pdf", pdf, ".pdf", careful, hidden, is_cleaned},
    {"application/msword", document, ".doc", careful},
    {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", document, ".docx", careful, hidden, is_cleaned},
    {"application/vnd.oasis.opendocument.text", document, ".odt", careful, hidden, is_cleaned},
    {"text/rtf", document, ".rtf", careful},
    {"application/vnd.ms-excel", sheet, ".xls", careful},
    {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", sheet, ".xlsx", careful},
    {"application/vnd.oasis.opendocument.spreadsheet", sheet, ".ods", careful, hidden, is_cleaned},
    {"application/vnd.ms-powerpoint", slides, ".ppt", careful},
    {"application/vnd.openxmlformats-officedocument.presentationml.presentation", slides, ".pptx", careful},
    {"application/vnd.oasis.opendocument.presentation", slides, ".odp", careful, hidden, is_cleaned},
    {"message/rfc822", mail, ".eml", careful},
    {"text/plain", text, ".txt.log", harmless},
    {"text/csv", text, ".csv", harmless},
    {"text/html", page, ".html.htm", dangerous},
    {"text/xml", page, ".xml", dangerous},
    {"application/xhtml+xml", page, ".xht.xhtml", dangerous},
    {"text/x-shellscript", program, ".sh", dangerous},
    {"text/x-script.python", program, ".py", dangerous},
    {"text/x-msdos-batch", program, ".bat.cmd.ps1.vbs.vbe.wsf.wsh.hta.reg.inf", dangerous},
    {"text/x-", program, "", dangerous},
    {"application/javascript", program, ".js.jse", dangerous},
    {"text/", text, "", dangerous},
    {"application/zip", archive, ".zip", dangerous},
    {"application/x-rar", archive, ".rar", dangerous},
    {"application/vnd.rar", archive, ".rar", dangerous},
    {"application/x-7z-compressed", archive, ".7z", dangerous},
    {"application/gzip", archive, ".gz.tgz", dangerous},
    {"application/x-tar", archive, ".tar", dangerous},
    {"application/x-iso9660-image", archive, ".iso.img.vhd.vhdx.dmg", dangerous},
    {"application/x-dosexec", program, ".exe.com.msi.msp.scr.pif.cpl.dll", dangerous},
    {"application/vnd.microsoft.portable-executable", program, ".exe", dangerous},
    {"application/x-executable", program, "", dangerous},
    {"application/x-pie-executable", program, "", dangerous},
    {"application/x-sharedlib", program, ".so", dangerous},
    {"application/x-mach-binary", program, ".app", dangerous},
    {"application/java-archive", program, ".jar", dangerous},
    {"application/vnd.android.package-archive", program, ".apk", dangerous},
    {"application/x-ms-shortcut", program, ".lnk.url", dangerous},
    {"application/vnd.ms-htmlhelp", page, ".chm", dangerous},
    {"application/onenote", document, ".one", dangerous},
    // Of Office with macros: only the name tells them from others.
    {"application/vnd.ms-word.document.macroEnabled.12", document, ".docm.dotm", dangerous},
    {"application/vnd.ms-excel.sheet.macroEnabled.12", sheet, ".xlsm.xltm.xlam", dangerous},
    {"application/vnd.ms-powerpoint.presentation.macroEnabled.12", slides, ".pptm", dangerous},
    {"", other, "", dangerous},
});

// The last one of a name, with its dot and in small letters: what a system goes by when somebody opens it.
std::string ending_of(std::string_view name) {
    const auto dot = name.rfind('.');
    std::string out(dot == name.npos ? "" : name.substr(dot));
    std::ranges::transform(out, out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return out;
}

bool lists(std::string_view endings, std::string_view wanted) {
    while (!endings.empty()) {
        const std::string_view one = endings.substr(0, endings.find('.', 1));
        if (one == wanted)
            return true;
        endings.remove_prefix(one.size());
    }
    return false;
}

// nullptr: nothing is known of such an ending.
const MediaType *promised_by(std::string_view name) {
    const std::string ending = ending_of(name);
    const auto found = std::ranges::find_if(table, [&](const MediaType &one) { return lists(one.endings, ending); });
    return found == table.end() ? nullptr : &*found;
}

} // namespace

std::string_view id(FileKind kind) {
    switch (kind) {
    case image: return "image";
    case audio: return "audio";
    case video: return "video";
    case pdf: return "pdf";
    case document: return "document";
    case sheet: return "sheet";
    case slides: return "slides";
    case mail: return "mail";
    case text: return "text";
    case page: return "page";
    case archive: return "archive";
    case program: return "program";
    case other: break;
    }
    return "other";
}

std::string_view id(Danger danger) {
    switch (danger) {
    case Danger::none_known: return "none_known";
    case Danger::document: return "document";
    case Danger::dangerous: break;
    }
    return "dangerous";
}

std::string_view MediaType::ending() const { return endings.substr(0, endings.find('.', 1)); }

const MediaType &media_type(std::string_view type) {
    return *std::ranges::find_if(table, [&](const MediaType &one) {
        return one.type == type || (one.type.ends_with('/') || one.type.ends_with('-') ? type.starts_with(one.type) : one.type.empty());
    });
}

Danger danger_of(std::string_view type, std::string_view name) {
    const MediaType *promised = promised_by(name);
    return promised && promised->danger == Danger::dangerous ? Danger::dangerous : media_type(type).danger;
}

const MediaType *disguise_of(std::string_view type, std::string_view name) {
    const MediaType &content = media_type(type), *promised = promised_by(name);
    return promised && content.kind != other && content.kind != promised->kind && content.danger > promised->danger ? promised : nullptr;
}

} // namespace domain
