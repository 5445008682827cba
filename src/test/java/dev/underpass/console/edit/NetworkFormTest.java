package dev.underpass.console.edit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A network's NIC, VLAN and pools are fields of its form.
class NetworkFormTest extends EditingPages {

    private Map<String, String> typed(Map<String, String> fields) {
        var form = new LinkedHashMap<>(open("/networks/new").form("/networks/new/review"));
        form.putAll(Map.of("namespace", "shop", "name", "net"));
        fields.forEach((field, text) -> form.put("field.spec." + field, text));
        return form;
    }

    private static String spec() {
        return stored("spidermultusconfigs", "shop/net").path("spec").toString();
    }

    private static boolean shows(String html, String section) {
        var part = Pattern.compile("<fieldset class=\"part\"([^>]*)data-section=\"" + section + "\"")
                .matcher(html);
        assertThat(part.find()).as(section).isTrue();
        return !part.group(1).contains("hidden");
    }

    @Test
    void aNetworkIsMadeFieldByFieldAndItsFieldsShowWhatItIs() {
        pool("v4");
        var fields = Map.of(
                "cniType", "macvlan",
                "macvlan.master", "ens192\nens224",
                "macvlan.bond.name", "bond0",
                "macvlan.bond.mode", "1",
                "macvlan.vlanID", "100",
                "macvlan.ippools.ipv4", "v4");

        var review = send("/networks/new/review", typed(fields));
        assertThat(review.html()).contains("Apply</button>").doesNotContain("This cannot be applied");
        assertThat(send("/networks/new/apply", review.form("/networks/new/apply"))
                        .status())
                .isEqualTo(303);

        assertThat(spec())
                .contains(
                        "\"master\":[\"ens192\",\"ens224\"]",
                        "\"bond\":{\"name\":\"bond0\",\"mode\":1}",
                        "\"vlanID\":100",
                        "\"ippools\":{\"ipv4\":[\"v4\"]");
        var form = open("/networks/shop/net/edit").html();
        assertThat(form).contains(">ens192\nens224</textarea>", "value=\"bond0\"", "value=\"100\"");
        assertThat(shows(form, "macvlan")).isTrue();
        assertThat(shows(form, "sriov")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            macvlan,  macvlan
            ipvlan,   ipvlan
            sriov,    sriov
            ib-sriov, ibsriov
            ovs,      ovs
            """)
    void theFieldsOfItsTypeAreShown(String type, String section) {
        var html = send("/networks/new", typed(Map.of("cniType", type))).html();

        assertThat(shows(html, section)).isTrue();
        assertThat(shows(html, type.equals("sriov") ? "macvlan" : "sriov")).isFalse();
    }

    @Test
    void whatAnotherTypeNeedsLeadsToItsFirstFieldAndWhatItMayNotHaveIsShown() {
        var review = send("/networks/new/review", typed(Map.of("cniType", "sriov", "macvlan.master", "ens192")));

        var form = send("/networks/new", review.form("/networks/new")).html();

        assertThat(review.html())
                .containsPattern("#f\\d+\">spec.macvlan</a>")
                .containsPattern("#f\\d+\">spec.sriov</a>");
        assertThat(shows(form, "macvlan")).isTrue();
        assertThat(shows(form, "sriov")).isTrue();
    }

    @Test
    void ofASectionThatIsEmptiedNothingIsLeft() {
        pool("v4");
        var made = send(
                "/networks/new/review",
                typed(Map.of("cniType", "macvlan", "macvlan.master", "ens192", "macvlan.ippools.ipv4", "v4")));
        assertThat(send("/networks/new/apply", made.form("/networks/new/apply")).status())
                .isEqualTo(303);
        var form = new LinkedHashMap<>(open("/networks/shop/net/edit").form("/networks/shop/net/review"));
        form.putAll(Map.of(
                "field.spec.cniType", "ipvlan",
                "field.spec.macvlan.master", "",
                "field.spec.macvlan.mtu", "",
                "field.spec.macvlan.ippools.ipv4", "",
                "field.spec.macvlan.ippools.matchMasterSubnet", "",
                "field.spec.ipvlan.master", "ens192"));

        var review = send("/networks/shop/net/review", form);

        assertThat(review.html()).contains("Apply</button>").doesNotContain("This cannot be applied");
        assertThat(send("/networks/shop/net/apply", review.form("/networks/shop/net/apply"))
                        .status())
                .isEqualTo(303);
        assertThat(spec()).contains("\"ipvlan\":{").doesNotContain("\"macvlan\":{");
    }

    @Test
    void aFieldIsTornFromTheTextLikeAnyOther() {
        var form = typed(Map.of("cniType", "macvlan", "macvlan.vlanID", "5"));
        var yaml = String.valueOf(form.get("shown")).replace("spec: {}", "spec:\n  macvlan:\n    vlanID: 6");

        var html = send("/networks/new/review", with(form, "yaml", yaml)).html();

        assertThat(yaml).contains("vlanID: 6");
        assertThat(html).contains("&#39;5&#39; here, and &#39;6&#39; in the YAML below");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            vlanID,            4095,           4095
            vlanID,            <script>,       &lt;script&gt;
            master,            ens/192,        ens/192
            mtu,               99999999999999, 99999999999999
            ippools.ipv4,      gone<b>,        gone&lt;b&gt;
            rdmaResourceName,  \u202etxt,      txt
            """)
    void whateverIsTypedIsKeptAndMakesNoMarkup(String field, String text, String shown) {
        var html = send("/networks/new", typed(Map.of("cniType", "macvlan", "macvlan." + field, text)))
                .html();

        assertThat(html).contains(shown).doesNotContain("<script>&", "<b>");
    }
}
