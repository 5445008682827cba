package dev.underpass.console.edit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/// What is wrong with an edit is said in the reader's language at every step, above the form and beside the field.
class ApplyLanguageTest extends EditingPages {

    @Override
    String language() {
        return "zh-CN";
    }

    private Map<String, String> form() {
        pool("v4");
        return reviewed("/pools/v4", "field.spec.excludeIPs", "10.6.0.20").form("/pools/v4/apply");
    }

    @Test
    void anApiThatIsAwayIsToldOfInChinese() {
        var form = form();
        API.stop();
        try {
            assertThat(send("/pools/v4/apply", form).html())
                    .contains("Kubernetes API 没有响应，没有写入任何内容")
                    .doesNotContain("does not answer");
        } finally {
            API.start();
        }
    }

    @Test
    void whatTheRulesSayAtApplyIsChinese() {
        var form = form();

        var refused = send("/pools/v4/apply", with(form, "field.spec.gateway", "10.99.0.1"));

        assertThat(refused.status()).isEqualTo(200);
        assertThat(refused.html())
                .contains(">spec.gateway</a> <span>10.99.0.1 不在子网 10.6.0.0/16 内")
                .doesNotContain("so Pods cannot reach it");
    }

    @Test
    void anotherVersionIsToldOfInChinese() {
        var form = form();
        assertThat(edit("ippools/v4", "?force=true", spec -> spec.put("disable", true))
                        .status())
                .isEqualTo(200);

        assertThat(send("/pools/v4/apply", form).html())
                .contains("SpiderIPPool v4 在读取之后被更改：spec.disable")
                .doesNotContain("was changed since");
    }

    @Test
    void textThatIsNoYamlIsToldOfInChinese() {
        var form = form();

        assertThat(send("/pools/v4/apply", with(form, "yaml", "- a")).html())
                .contains("不是对象，而是列表、值或空内容")
                .doesNotContain("but a list");
    }

    @Test
    void whatTheReviewSaysOfFieldsStandsBesideThemInTheForm() {
        pool("v4");
        var review = reviewed("/pools/v4", "field.spec.gateway", "10.99.0.1");

        var back = send("/pools/v4/edit", review.form("/pools/v4/edit")).html();

        int input = back.indexOf("name=\"field.spec.gateway\"");
        var field = back.substring(back.lastIndexOf('<', input), back.indexOf("<label", input));
        assertThat(field)
                .contains("value=\"10.99.0.1\"", "aria-invalid=\"true\"", "不在子网 10.6.0.0/16 内")
                .containsPattern(
                        "(?s)aria-describedby=\"(f\\d+-wrong)[ \"].*<div class=\"error-text\" [^>]*id=\"\\1\"");
        assertThat(back).containsPattern("<a class=\"mono\" href=\"#f\\d+\">spec.gateway</a> <span>10.99.0.1 不在");
    }
}
