/* mapping_jobs.c -- what people call the columns of a job ad. Codes: names of the ministry's own tables. */
#include "feeds/mapping.h"

const struct map_field job_map_fields[] = {
    {"title", N_("岗位名称"), MAP_ANY,
     "职位|岗位|招聘岗位|招聘职位|职位名称|工种|工种名称|职位名|岗位名|职务|招聘工种|用工岗位|需求岗位|岗位信息|标题|title|job_title|jobtitle|"
     "job title|job|job name|jobname|position|position name|positionname|post|name|postname",
     "cca113"},
    {"company", N_("单位名称"), MAP_COMPANY,
     "公司|公司名称|企业|企业名称|用人单位|用人单位名称|招聘单位|招聘企业|单位|单位全称|公司全称|企业全称|用工单位|雇主|company|company_name|company "
     "name|companyname|employer|employer name|organization|hiringorganization|hiringorganization.name|com_name|corp|brandname|"
     "companyfullname|hiring organization",
     "aab004"},
    {"uscc", N_("统一社会信用代码"), MAP_USCC, "信用代码|社会信用代码|营业执照号|uscc|credit code|credit_code|税号|aab998", NULL},
    {"salary", N_("工资"), MAP_WAGE,
     "薪资|薪酬|月薪|薪水|工资待遇|薪资待遇|薪资范围|工资范围|薪资水平|待遇|月工资|薪酬待遇|工资标准|薪金|岗位薪资|综合工资|月薪范围|工资（元/月）|"
     "salary|pay|wage|wages|salary_range|salary range|salarydesc|basesalary|"
     "basesalary.value.value|basesalary.value|providesalary_text|薪资（元/月）",
     "acc034"},
    {"salary_min", N_("最低工资"), MAP_NUMBER,
     "工资下限|薪资下限|最低薪资|最低月薪|月薪下限|薪酬下限|起薪|最低薪酬|salary_min|min_salary|salarymin|minsalary|lowsalary|salary_low|"
     "basesalary.value.minvalue|wage_min",
     NULL},
    {"salary_max", N_("最高工资"), MAP_NUMBER,
     "工资上限|薪资上限|最高薪资|最高月薪|月薪上限|薪酬上限|最高薪酬|salary_max|max_salary|salarymax|maxsalary|highsalary|salary_high|"
     "basesalary.value.maxvalue|wage_max",
     NULL},
    {"salary_unit", N_("工资单位"), MAP_ANY,
     "薪资单位|计薪方式|工资类型|薪资类型|计薪周期|salary_unit|salary unit|pay period|basesalary.value.unittext", NULL},
    {"headcount", N_("招聘人数"), MAP_COUNT,
     "招几人|人数|招聘数|需求人数|用工人数|招工人数|名额|招聘名额|岗位数|计划人数|缺工人数|拟招人数|数量|headcount|head_count|openings|number|"
     "totaljobopenings|vacancies|recruit_num|num|number of openings|招聘人数（人）",
     "acb21r"},
    {"city", N_("城市"), MAP_ANY,
     "所在城市|工作城市|城市名称|工作地区|地区|city|workcity|work_city|cityname|location|joblocation|joblocation.address.addresslocality|region",
     NULL},
    {"district", N_("区"), MAP_ANY,
     "区县|所在区|所属区|区域|行政区|工作区域|所在区县|district|area|county|businessdistrict|areadistrict|joblocation.address.addressregion|aab301",
     NULL},
    {"address", N_("工作地点"), MAP_ANY,
     "工作地址|上班地点|地址|上班地址|详细地址|工作地|单位地址|公司地址|地点|工作场所|address|work_address|workplace|"
     "joblocation.address.streetaddress|joblocation.address|street|acb202",
     NULL},
    {"education", N_("学历要求"), MAP_EDUCATION,
     "学历|最低学历|文化程度|教育程度|学历层次|education|degree|edulevel|edu|education_level|educationrequirements|degree_required|eduLevel|"
     "educationrequirements.credentialcategory|aac011",
     "aac012"},
    {"experience", N_("工作经验"), MAP_ANY,
     "经验|经验要求|工作经历|工作年限|年限|工作年限要求|experience|workyear|work_experience|exp|experiencerequirements|work years|workingexp",
     NULL},
    {"employment_type", N_("用工形式"), MAP_ANY,
     "工作方式|工作性质|职位类型|用工性质|工作类型|用工方式|全职/兼职|岗位性质|雇佣类型|招聘类型|employment_type|employmenttype|job_type|jobtype|emptype",
     "acb21i"},
    {"company_type", N_("单位性质"), MAP_ANY,
     "公司性质|企业性质|公司类型|企业类型|单位类型|经济类型|公司属性|company_type|companytype|financestage|company nature|aab019",
     NULL},
    {"company_size", N_("单位规模"), MAP_ANY,
     "公司规模|企业规模|人员规模|规模|公司人数|company_size|companysize|company size|size|scale|brandscale|aab056", NULL},
    {"industry", N_("行业"), MAP_ANY,
     "所属行业|行业类别|行业类型|公司行业|企业行业|industry|industryfield|industry_name|field|aab022", NULL},
    {"category", N_("职业类别"), MAP_ANY,
     "职位类别|岗位类别|职业|职类|工种类别|职业分类|职能|职能类别|职业名称|category|job_category|occupation|occupationalcategory|function|职业编码|aca111",
     NULL},
    {"tags", N_("福利待遇"), MAP_ANY,
     "福利|标签|公司福利|职位福利|关键词|技能标签|岗位标签|职位标签|亮点|岗位福利|tags|welfare|benefits|labels|keywords|skills|jobbenefits|tag",
     NULL},
    {"description", N_("岗位描述"), MAP_LONG,
     "做什么|职位描述|岗位职责|工作内容|职位详情|岗位要求|任职要求|招聘条件|岗位说明|职责|要求|工作描述|详情|招聘要求|职位信息|备注|岗位介绍|岗位内容|岗位描述及要求|"
     "description|job_description|jobdescription|detail|details|content|requirements|responsibilities|duty|jd|acb21h",
     NULL},
    {"posted", N_("发布日期"), MAP_DATE,
     "发布时间|发布日|更新时间|更新日期|登记日期|刷新时间|posted|date|dateposted|date_posted|publish_date|pubdate|publishtime|created|updated|"
     "post_date|createtime|updatedate|issuedate|aae043",
     NULL},
    {"valid_through", N_("截止日期"), MAP_DATE,
     "招到哪天为止|有效期|有效期至|截止时间|结束日期|招聘截止日期|失效日期|到期日|报名截止|validthrough|valid_through|expires|expiry|deadline|closing_date|expirationdate",
     NULL},
    {"contact", N_("联系人"), MAP_ANY, "联系人姓名|招聘联系人|负责人|contact|contact_name|contact person|hr|linkman|aae004",
     NULL},
    {"phone", N_("联系电话"), MAP_PHONE,
     "电话|手机|手机号|联系方式|手机号码|电话号码|联系手机|招聘电话|咨询电话|固定电话|phone|tel|telephone|mobile|contact_phone|aae005",
     NULL},
    {"email", N_("电子邮箱"), MAP_EMAIL, "邮箱|邮件|电子邮件|简历投递邮箱|email|e-mail|mail|aae159", NULL},
    {"url", N_("原文链接"), MAP_URL,
     "网址|链接|链接地址|岗位链接|详情链接|来源链接|url|link|href|joburl|job_url|detail_url|apply_url|directapply", NULL},
    {"source", N_("来源"), MAP_ANY, "信息来源|数据来源|岗位来源|来源渠道|平台|渠道|网站|source|platform|site|channel|publisher",
     NULL},
    {"source_id", N_("来源编号"), MAP_ANY,
     "岗位编号|职位编号|编号|岗位id|职位id|招聘编号|source_id|sourceid|id|job_id|jobid|referencenumber|reference|identifier|identifier.value|"
     "positionid|guid|@id",
     "acb210"},
    {0},
};
